/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
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

  List<FilePosition> waiting() {
    return List.copyOf(waiting);
  }

  /** A position that waited is known to be of no use at the moment. */
  void giveUp(FilePosition position) {
    waiting.remove(position);
    finish(position);
  }

  /** It waits no longer: its file was found. */
  void met(FilePosition position) {
    waiting.remove(position);
  }

  void finish(FilePosition position) {
    finished.addLast(position);
    if (finished.size() > maxFinished) {
      finished.removeFirst();
    }
  }

  /** Makes room for the finished generations of so many files. */
  void expect(int files) {
    maxFinished = Math.max(maxFinished, FINISHED_PER_FILE * files);
  }

  /** All positions, those of the oldest generations first. */
  List<FilePosition> all() {
    List<FilePosition> all = new ArrayList<>(finished);
    all.addAll(waiting);
    return all;
  }

  /** Removes and returns the position at which this file goes on, or null if none is known. */
  @Nullable FilePosition take(Path path, FileKey key, LogFile file, ReadBuffer buffer)
      throws IOException {
    FilePosition position = take(waiting, path, key, file, buffer);
    return position == null ? take(finished, path, key, file, buffer) : position;
  }

  private static @Nullable FilePosition take(
      Collection<FilePosition> from, Path path, FileKey key, LogFile file, ReadBuffer buffer)
      throws IOException {
    for (Iterator<FilePosition> i = from.iterator(); i.hasNext(); ) {
      FilePosition position = i.next();
      boolean samePath = position.path().equals(path.toString());
      if (position.mayBe(key, samePath) && position.continuesIn(file, buffer)) {
        i.remove();
        return position;
      }
    }
    return null;
  }
}
