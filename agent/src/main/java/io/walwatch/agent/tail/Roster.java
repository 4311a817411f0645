/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Relatives.Relative;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All generations that are read, oldest first, and who is among them. */
final class Roster {
  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory;
  private final List<Generation> generations = new ArrayList<>();

  Roster(Tailing tailing, Lookout lookout, Memory memory) {
    this.tailing = tailing;
    this.lookout = lookout;
    this.memory = memory;
  }

  /** The list itself. */
  List<Generation> generations() {
    return generations;
  }

  /** The positions of all, and of all that are remembered. */
  List<FilePosition> known() {
    List<FilePosition> known = memory.all();
    generations.forEach(g -> known.add(g.position(tailing.buffer())));
    return known;
  }

  /** When the last generation known at a path was written; the least number if none is known. */
  long lastWritten(Path path) {
    long last = Long.MIN_VALUE;
    for (Generation generation : generations) {
      if (generation.path().equals(path)) {
        last = Math.max(last, generation.times().modifiedMillis());
      }
    }
    return Math.max(last, memory.lastWritten(path.toString()));
  }

  Set<FileKey> keys() {
    Set<FileKey> keys = new HashSet<>();
    generations.forEach(g -> keys.add(g.key()));
    return keys;
  }

  /** As {@link #keys()}, without those of which nothing was read: each of them may be a copy. */
  Set<FileKey> originals() {
    Set<FileKey> keys = new HashSet<>();
    generations.stream().filter(g -> g.offset() > 0).forEach(g -> keys.add(g.key()));
    return keys;
  }

  /** Files that have a name of their own, or are open under none. */
  Set<FileKey> taken() {
    Set<FileKey> taken = keys();
    lookout.found().values().forEach(stat -> taken.add(stat.key()));
    return taken;
  }

  /**
   * Whether a file that was found beside its path is none that is known, whatever its inode, nor a
   * copy of what is at the path still: between the two halves of a copytruncate all is there twice,
   * and of an origin that nobody has opened yet nothing is known.
   */
  boolean isFresh(Path path, FileStat stat, LogFile file, List<FilePosition> known)
      throws IOException {
    Head head = Head.of(file, tailing.buffer());
    for (FilePosition position : known) {
      boolean meant = !position.isUnread() || position.path().equals(path.toString());
      if (meant
          && position.mayBe(stat, true)
          && position.continuesIn(file, head, tailing.buffer())) {
        return false;
      }
    }
    return !isCopyOfWhatIsAt(path, file);
  }

  private boolean isCopyOfWhatIsAt(Path path, LogFile candidate) throws IOException {
    try {
      return tailing.disk().stat(path).regular() && isPrefixOf(path, candidate);
    } catch (NoSuchFileException | AccessDeniedException ignored) {
      // A copy has the rights of its origin, and it can be read.
      return false;
    }
  }

  private boolean isPrefixOf(Path path, LogFile candidate) throws IOException {
    try (LogFile origin = tailing.disk().open(path)) {
      return Heads.isPrefix(candidate, origin);
    }
  }

  /**
   * Takes in a file that no path leads to.
   *
   * @param path the one it had in its time: by that it and its successors are found again
   */
  void add(int index, Path path, Relative relative, long offset) throws IOException {
    Generation generation = tailing.generation(path, relative.stat(), relative.file(), offset);
    generation.foundAt(relative.path(), tailing.nowNanos());
    generations.add(index, generation);
  }
}
