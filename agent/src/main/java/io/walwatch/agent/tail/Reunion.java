/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Relatives.Relative;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Finds the files again that are remembered and that no path leads to any more. */
final class Reunion {
  private static final long SEARCH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory;
  private final Roster roster;
  private final Relatives relatives;
  private final Succession succession;
  private final Missing missing;
  private final long startNanos;
  private long nextSearchNanos;

  Reunion(
      Tailing tailing,
      Lookout lookout,
      Memory memory,
      Roster roster,
      Relatives relatives,
      Succession succession) {
    this.tailing = tailing;
    this.lookout = lookout;
    this.memory = memory;
    this.roster = roster;
    this.relatives = relatives;
    this.succession = succession;
    this.missing = new Missing(tailing, lookout, memory.all());
    this.startNanos = tailing.nowNanos();
    this.nextSearchNanos = startNanos;
  }

  /** Looks for all that wait, now and then. */
  void meetWaiting() {
    if (memory.waiting().isEmpty() || tailing.nowNanos() - nextSearchNanos < 0) {
      return;
    }
    nextSearchNanos = tailing.nowNanos() + SEARCH_NANOS;
    int index = 0;
    for (FilePosition position : memory.waiting()) {
      if (position.isUnread() && roster.keys().contains(position.key())) {
        memory.met(position);
      } else if (!isUnopened(position) && meet(position, index)) {
        index++;
      }
    }
  }

  /** Whether a path leads to it, but it could not be opened. */
  private boolean isUnopened(FilePosition position) {
    return lookout.found().values().stream().anyMatch(stat -> position.is(stat.key()))
        && !roster.keys().contains(position.key());
  }

  private boolean meet(FilePosition position, int index) {
    Path path = Path.of(position.path());
    try {
      Relative relative = relatives.find(position, roster.taken());
      if (relative == null) {
        if (position.isUnread() && isNoFile(path)) {
          memory.met(position);
        } else if (!mayBeMountedYet(path)) {
          gone(position, path, index);
        }
        return false;
      }
      return meet(position, path, relative, index);
    } catch (IOException ignored) {
      // Told where it was tried; it goes on waiting.
      return false;
    }
  }

  private boolean meet(FilePosition position, Path path, Relative relative, int index)
      throws IOException {
    boolean wanted = false;
    try {
      wanted = !position.isUnread() || isFresh(position, path, relative);
      if (wanted) {
        roster.add(index, path, relative, position.offsetBytes());
      }
    } catch (IOException e) {
      tailing.close(relative.path(), relative.file());
      throw e;
    }
    if (!wanted) {
      tailing.close(relative.path(), relative.file());
    }
    memory.met(position);
    return wanted;
  }

  /** Whether it is known by no other position. */
  private boolean isFresh(FilePosition position, Path path, Relative relative) throws IOException {
    List<FilePosition> others = roster.known();
    others.removeIf(position::equals);
    return roster.isFresh(path, relative.stat(), relative.file(), others);
  }

  /** Earlier versions waited for the end of directories. */
  private boolean isNoFile(Path path) throws IOException {
    try {
      return !tailing.disk().stat(path).regular();
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  /** A directory that is not there at the start says nothing of its files, for a while. */
  private boolean mayBeMountedYet(Path path) throws IOException {
    Path directory = path.getParent();
    if (directory == null
        || tailing.nowNanos() - startNanos >= tailing.limits().deletedWriter().toNanos()) {
      return false;
    }
    try {
      tailing.disk().stat(directory);
      return false;
    } catch (NoSuchFileException absent) {
      return true;
    }
  }

  /** Remembered all the same: a disk may only not be mounted yet. */
  private void gone(FilePosition position, Path path, int index) {
    if (position.isUnread()) {
      // Nothing but its inode was known of it, which says nothing of a copy.
      succession.precede(path, position.modifiedMillis(), index);
    }
    if (!memory.giveUp(position)) {
      return;
    }
    long lost = position.sizeBytes() - position.offsetBytes();
    if (lost > 0) {
      FileStat there = lookout.found().get(path);
      if (there != null && position.is(there.key())) {
        // With nothing lost it may as well be a new file that was given a free inode.
        tailing.events().truncated(position.path());
      }
      tailing.events().lost(position.path(), lost, "the file was gone before it was read");
    }
    missing.tell(position);
  }
}
