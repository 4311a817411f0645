/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Lists directories, but reads them again only if they may have changed: a look at each tick must
 * cost next to nothing in a directory of thousands of files.
 */
final class Directories {
  // A change within the granularity of mtime after a listing leaves no trace in mtime.
  private static final long GRANULARITY_NANOS = Duration.ofSeconds(1).toNanos();
  // Network file systems may show an old mtime for long.
  private static final long STALE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Disk disk;
  private final Troubles troubles;
  private final LongSupplier nanoClock;
  private final Map<Path, Listing> listings;
  // As many as there are patterns: what is there is read again, what is gone is taken out.
  private final Set<Path> unreadable = new HashSet<>();

  Directories(Disk disk, Troubles troubles, LongSupplier nanoClock, Runnable forgotten) {
    this.disk = disk;
    this.troubles = troubles;
    this.nanoClock = nanoClock;
    this.listings = new LastUsed<>(any -> forgotten.run());
  }

  /** The entries in the order of their names; none if the directory cannot be read. */
  List<Path> list(Path directory) {
    try {
      List<Path> entries = read(directory);
      unreadable.remove(directory);
      troubles.worked(directory.toString());
      return entries;
    } catch (NotDirectoryException ignored) {
      // A file where a pattern hoped for a directory: not what was meant.
      troubles.gone(directory.toString());
      return List.of();
    } catch (IOException e) {
      listings.remove(directory);
      note(directory, e);
      troubles.missing(directory.toString(), IoReason.of(e), false);
      return List.of();
    }
  }

  /** Whether it is there, or may be, and what it holds could not be read the last time. */
  boolean isUnreadable(Path directory) {
    return unreadable.contains(directory);
  }

  private void note(Path directory, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      unreadable.remove(directory);
    } else {
      unreadable.add(directory);
    }
  }

  private List<Path> read(Path directory) throws IOException {
    long now = nanoClock.getAsLong();
    FileStat stat = disk.stat(directory);
    Listing last = listings.get(directory);
    if (last != null && last.isTrue(stat, now)) {
      return last.entries;
    }
    List<Path> entries = disk.list(directory);
    Collections.sort(entries);
    long changed = last != null && last.stat.equals(stat) ? last.changedNanos : now;
    listings.put(directory, new Listing(stat, changed, now, entries));
    return entries;
  }

  private record Listing(FileStat stat, long changedNanos, long listedNanos, List<Path> entries) {
    boolean isTrue(FileStat statNow, long nowNanos) {
      return stat.equals(statNow)
          && listedNanos - changedNanos > GRANULARITY_NANOS
          && nowNanos - listedNanos < STALE_NANOS;
    }
  }
}
