/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are not open but not to be forgotten.
 *
 * <p><em>Waiting</em> are positions of files not met yet: what a restart remembers, or what was
 * there before us and could not be opened. <em>Finished</em> are the last generations that were
 * read to their end or are gone: when they turn up again, under whatever name, perhaps compressed,
 * or when their disk is mounted at last, they are not new. Both are part of the stream's position.
 */
final class Memory {
  private static final int MIN_FINISHED = 16;
  private static final int FINISHED_PER_FILE = 2;

  private final List<FilePosition> waiting = new ArrayList<>();
  private final Deque<FilePosition> finished = new ArrayDeque<>();
  private int maxFinished = MIN_FINISHED;

  void await(FilePosition position) {
    waiting.add(position);
    maxFinished = Math.max(maxFinished, waiting.size());
  }

  /** Remembers a file that was seen, and could not be read, once. */
  void awaitUnread(FilePosition position) {
    if (waiting.stream().noneMatch(position::isUnreadLike)) {
      await(position);
    }
  }

  /** The files that are remembered. */
  Set<FileKey> keys() {
    Set<FileKey> keys = new HashSet<>();
    waiting.forEach(p -> keys.add(p.key()));
    finished.forEach(p -> keys.add(p.key()));
    return keys;
  }

  boolean awaits(Path path, FileStat stat) {
    return waiting.stream()
        .anyMatch(
            p -> p.is(stat.key()) && p.mayBe(stat, false) && p.path().equals(path.toString()));
  }

  /**
   * A file is read from its beginning that may be one that could not be read at this path and was
   * compressed since, so that its inode says nothing: one that is read cannot be lost.
   */
  void readAtLast(Path path, long sizeBytes) {
    waiting.stream()
        .filter(p -> p.isUnreadAt(path) && p.sizeBytes() <= sizeBytes)
        .findFirst()
        .ifPresent(waiting::remove);
  }

  List<FilePosition> waiting() {
    return List.copyOf(waiting);
  }

  /** What is known to lie unread in files that cannot be read now, or are not found yet. */
  long lagBytes() {
    return waiting.stream().mapToLong(p -> Math.max(0, p.sizeBytes() - readOf(p))).sum();
  }

  /** One file may wait as what is remembered of it, and as what is there and cannot be opened. */
  private long readOf(FilePosition position) {
    long read = position.offsetBytes();
    for (FilePosition other : position.isUnread() ? waiting : List.<FilePosition>of()) {
      read = other.is(position.key()) ? Math.max(read, other.offsetBytes()) : read;
    }
    return read;
  }

  /** A position is of no use at the moment; returns whether it was still waiting. */
  boolean giveUp(FilePosition position) {
    boolean waited = waiting.remove(position);
    if (waited) {
      finish(position);
    }
    return waited;
  }

  /** It waits no longer: its file was found. */
  void met(FilePosition position) {
    waiting.remove(position);
  }

  /**
   * Nothing more is expected of a file, and what of it was not read is counted as lost. Of an empty
   * one there is nothing to know it by, and nothing that could come twice.
   */
  void finish(FilePosition position) {
    if (position.identity().headLengthBytes() == 0) {
      return;
    }
    // The next start looks for it as well, and must not count the same loss again.
    finished.addLast(position.withoutRest());
    if (finished.size() > maxFinished) {
      finished.removeFirst();
    }
  }

  /** A file that was finished has more to say. */
  void resume(FilePosition position) {
    if (finished.remove(position)) {
      await(position);
    }
  }

  /** Makes room for the finished generations of so many files. */
  void expect(int files) {
    maxFinished = Math.max(maxFinished, FINISHED_PER_FILE * files);
  }

  /** When the last file that is remembered at a path was written, or the least number. */
  long lastWritten(String path) {
    long last = Long.MIN_VALUE;
    for (FilePosition position : waiting) {
      last = position.path().equals(path) ? Math.max(last, position.modifiedMillis()) : last;
    }
    for (FilePosition position : finished) {
      last = position.path().equals(path) ? Math.max(last, position.modifiedMillis()) : last;
    }
    return last;
  }

  /** All positions, those of the oldest generations first. */
  List<FilePosition> all() {
    List<FilePosition> all = new ArrayList<>(finished);
    all.addAll(waiting);
    return all;
  }

  /** Removes and returns the position at which this file goes on, or null if none is known. */
  @Nullable FilePosition take(Path path, FileStat stat, LogFile file, ReadBuffer buffer)
      throws IOException {
    Homes homes = Homes.of(path);
    FilePosition best = better(null, finished, homes, stat, file, buffer);
    best = better(best, waiting, homes, stat, file, buffer);
    waiting.remove(best);
    finished.remove(best);
    return best;
  }

  /** An inode alone says least: it may have been another's. */
  private static @Nullable FilePosition better(
      @Nullable FilePosition first,
      Iterable<FilePosition> positions,
      Homes homes,
      FileStat stat,
      LogFile file,
      ReadBuffer buffer)
      throws IOException {
    FilePosition best = first;
    for (FilePosition position : positions) {
      if (position.mayBe(stat, homes.include(position.path()))
          && position.continuesIn(file, buffer)
          && (best == null || position.isKnownBetterThan(best))) {
        best = position;
      }
    }
    return best;
  }
}
