/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.listing.WalStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store of WAL-E or WAL-G on a file system ({@code WALE_FILE_PREFIX}, {@code
 * WALG_FILE_PREFIX}): base backups and WAL, found from the paths. The whole tree is walked, links
 * are not followed; memory does not grow with the number of files. Histories of timelines are read
 * where they lie plain or gzipped.
 */
public final class StoreLister implements Lister {
  /** Ten years of a segment each half minute; more is not what the operator meant. */
  private static final int MAX_FILES = 10_000_000;

  private final Path root;
  private final Supplier<WalGeometry> geometry;
  private final Supplier<Map<Long, TimelineHistory>> histories;
  private final InstantSource clock;

  /**
   * Looks at nothing yet.
   *
   * @param geometry of the WAL in the store, asked at each look
   * @param histories of timelines whose history the store does not hold in a form that can be read,
   *     as far as they are known, asked at each look
   */
  public StoreLister(
      Path root,
      Supplier<WalGeometry> geometry,
      Supplier<Map<Long, TimelineHistory>> histories,
      InstantSource clock) {
    this.root = root;
    this.clock = clock;
    this.geometry = geometry;
    this.histories = histories;
  }

  @Override
  public Listing list() throws ListingException, InterruptedException {
    VerifiedWal.Walk now = new VerifiedWal.Walk(clock.millis(), "");
    Tally tally =
        new Tally(new StoredWal(geometry.get(), now, Optional.empty(), histories.get()), clock);
    Walk walk = new Walk(tally);
    try {
      if (!Files.isDirectory(root)) {
        throw new NotDirectoryException(root.toString());
      }
      // Only the root itself may be a link.
      Files.walkFileTree(root.toRealPath(), walk);
    } catch (IOException e) {
      throw ListingException.of("the store " + root, e);
    }
    if (walk.interrupted) {
      throw new InterruptedException();
    }
    tally.walListed();
    walk.store.backups(tally);
    return tally.listing();
  }

  /** Hands each regular file over. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Tally tally;
    private final WalStore store = new WalStore();
    private int files;
    private boolean interrupted;

    Walk(Tally tally) {
      this.tally = tally;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (Thread.interrupted()) {
        interrupted = true;
        return FileVisitResult.TERMINATE;
      }
      if (++files > MAX_FILES) {
        throw new IOException("it holds more than " + MAX_FILES + " files");
      }
      if (attributes.isRegularFile()) {
        tally.stored(attributes.size());
        store.object(
            file.toString(), attributes.lastModifiedTime().toInstant(), attributes.size(), tally);
        StoredHistory.read(file, tally::history);
      }
      return FileVisitResult.CONTINUE;
    }

    /** Old backups are deleted at any time; what cannot be read would be taken for missing. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
