/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParserProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Backups that are files: dumps, tars. A file is complete when its last change is: that is its
 * time. One that was changed just now counts as running, one without a byte as failed.
 */
public final class DirectoryLister implements Lister {
  /** The provider's name in configuration and label. */
  public static final String PROVIDER = "directory";

  /** The key of the configuration: a path whose names may hold wildcards. */
  public static final String FILES = "files";

  /** The key for what the files are: without it, each is a backup. */
  public static final String LAYOUT = "layout";

  /** Without these it lists nothing. */
  public static final Set<String> REQUIRED_KEYS = Set.of(FILES);

  /** What it understands besides. */
  public static final Set<String> OPTIONAL_KEYS =
      Set.of(LAYOUT, BackupListParserProvider.WAL_SEGMENT_SIZE);

  /** A writer that writes at all changes its file more often than that. */
  private static final long WRITING_MILLIS = 60_000;

  /** Far above any directory of dumps. */
  private static final int MAX_FILES = 1_000_000;

  private final Path pattern;
  private final InstantSource clock;

  /**
   * Lists nothing yet.
   *
   * @param pattern absolute; each of its names may hold wildcards
   */
  public DirectoryLister(Path pattern, InstantSource clock) {
    this.pattern = pattern;
    this.clock = clock;
  }

  @Override
  public Listing list() throws ListingException, InterruptedException {
    Tally tally = new Tally(clock);
    int[] seen = {0};
    try {
      walk(pattern.getRoot(), 0, tally, seen);
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw ListingException.of(pattern.toString(), e);
    }
    return tally.listing();
  }

  private void walk(Path place, int depth, Tally tally, int[] seen) throws IOException {
    if (Thread.interrupted()) {
      throw new InterruptedIOException();
    }
    if (depth == pattern.getNameCount()) {
      file(place, tally, seen);
      return;
    }
    String name = pattern.getName(depth).toString();
    if (!hasWildcard(name)) {
      Path next = place.resolve(name);
      if (Files.exists(next) || depth + 1 < pattern.getNameCount()) {
        walk(next, depth + 1, tally, seen);
      }
      return;
    }
    DirectoryEntries.visit(
        place,
        name,
        match -> {
          if (depth + 1 == pattern.getNameCount() || Files.isDirectory(match)) {
            walk(match, depth + 1, tally, seen);
          }
        });
  }

  private void file(Path file, Tally tally, int[] seen) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException goneMeanwhile) {
      return;
    }
    if (!attributes.isRegularFile()) {
      return;
    }
    if (++seen[0] > MAX_FILES) {
      throw new IOException("more than " + MAX_FILES + " files match");
    }
    long changedMillis = attributes.lastModifiedTime().toMillis();
    State state =
        Math.abs(clock.millis() - changedMillis) < WRITING_MILLIS
            ? State.RUNNING
            : attributes.size() == 0 ? State.FAILED : State.OK;
    tally.backup(
        Backup.named(file.toString(), state)
            .finished(Optional.of(attributes.lastModifiedTime().toInstant()))
            .sized(OptionalLong.of(attributes.size())));
  }

  private static boolean hasWildcard(String name) {
    return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }
}
