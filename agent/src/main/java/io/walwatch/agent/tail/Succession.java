/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Relatives.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which generation follows which where no open descriptor tells: after truncation, after a stop,
 * and when a file came and went between two looks.
 */
final class Succession {
  private static final long SEARCH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory;
  private final List<Generation> generations;
  private final Relatives relatives;
  private long nextSearchNanos;

  Succession(Tailing tailing, Lookout lookout, Memory memory, List<Generation> generations) {
    this.lookout = lookout;
    this.tailing = tailing;
    this.memory = memory;
    this.generations = generations;
    this.relatives = new Relatives(tailing);
    this.nextSearchNanos = tailing.nowNanos();
  }

  /**
   * A file lost its bytes in place. The generation that it was goes on in the copy that was made
   * before, if there is one; the file itself begins anew.
   *
   * @param file the file itself, open
   */
  void truncated(Generation old, LogFile file, FileStat stat) throws IOException {
    Path path = old.path();
    tailing.events().truncated(path.toString());
    long since = old.modifiedMillis();
    Generation anew = tailing.generation(path, stat, file, 0);
    int index = generations.indexOf(old);
    generations.add(index + 1, anew);
    if (!goOnInCopy(old)) {
      generations.remove(index);
    }
    precede(path, since, generations.indexOf(anew));
  }

  /** The generations that came and went at a path since the last one that is known there. */
  void precede(Path path) {
    noticeTruncation(path);
    long since = Long.MAX_VALUE;
    for (FilePosition position : known()) {
      if (position.path().equals(path.toString())) {
        long modified = position.modifiedMillis();
        since = since == Long.MAX_VALUE ? modified : Math.max(since, modified);
      }
    }
    if (since != Long.MAX_VALUE) {
      precede(path, since, generations.size());
    }
  }

  /** What an open file holds now may be what is found beside it, under its next name. */
  private void noticeTruncation(Path path) {
    for (Generation generation : List.copyOf(generations)) {
      if (generation.path().equals(path)) {
        try {
          if (generation.isTruncated(tailing)) {
            truncated(generation);
          }
        } catch (IOException e) {
          tailing.readTroubles().failed(path.toString(), e);
        }
      }
    }
  }

  /** The open file of a generation lost bytes in place. */
  void truncated(Generation old) throws IOException {
    LogFile file = old.release();
    try {
      FileStat stat = new FileStat(old.key(), file.sizeBytes(), old.modifiedMillis(), true);
      truncated(old, file, stat);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Finds what came and was rotated away while nobody looked: at paths that are known, and at those
   * that would have matched.
   *
   * @param known positions that a restart remembers
   */
  void catchUp(List<FilePosition> known) {
    Map<Path, Long> since = new LinkedHashMap<>();
    long last = Long.MIN_VALUE;
    for (FilePosition position : known) {
      since.merge(Path.of(position.path()), position.modifiedMillis(), Math::max);
      last = Math.max(last, position.modifiedMillis());
    }
    for (Path stray : lookout.strays()) {
      since.putIfAbsent(stray, last);
    }
    since.forEach((path, modified) -> precede(path, modified, 0));
  }

  /** What a file held of which nothing was read may have been emptied into a copy. */
  void firstWritten(Generation generation) {
    precede(generation.path(), generation.modifiedMillis(), generations.indexOf(generation));
  }

  /** Files may come and go at a path between two looks that find it empty. */
  void searchEmptyPaths() {
    Set<Path> empty = new LinkedHashSet<>();
    for (Generation generation : generations) {
      if (!generation.isNamed() && !lookout.leadsSomewhere(generation.path())) {
        empty.add(generation.path());
      }
    }
    Set<Path> changed = new HashSet<>();
    for (Path path : empty) {
      Path directory = path.getParent();
      if (directory != null && (changed.contains(directory) || lookout.hasChanged(directory))) {
        changed.add(directory);
        precede(path);
      }
    }
  }

  /** Looks for the files that a restart remembers and no path leads to. */
  void meetWaiting() {
    if (memory.waiting().isEmpty() || tailing.nowNanos() - nextSearchNanos < 0) {
      return;
    }
    nextSearchNanos = tailing.nowNanos() + SEARCH_NANOS;
    int index = 0;
    for (FilePosition position : memory.waiting()) {
      if (position.isUnread() && keys().contains(position.key())) {
        memory.met(position);
      } else if (!isUnopened(position) && meet(position, index)) {
        index++;
      }
    }
  }

  /** Whether a path leads to it, but it could not be opened. */
  private boolean isUnopened(FilePosition position) {
    Set<FileKey> opened = keys();
    return lookout.found().values().stream()
        .anyMatch(stat -> position.is(stat.key()) && !opened.contains(stat.key()));
  }

  private boolean meet(FilePosition position, int index) {
    try {
      Relative relative = relatives.find(position, taken());
      if (relative == null) {
        gone(position, index);
        return false;
      }
      memory.met(position);
      if (position.isUnread() && !isFresh(Path.of(position.path()), relative)) {
        relative.file().close();
        return false;
      }
      generations.add(index, begin(position.path(), relative, position.offsetBytes()));
      return true;
    } catch (IOException ignored) {
      // Told where it was tried; it goes on waiting.
      return false;
    }
  }

  private boolean isFresh(Path path, Relative relative) throws IOException {
    return isFresh(path, relative.stat().key(), relative.file(), known());
  }

  /** Remembered all the same: a disk may only not be mounted yet. */
  private void gone(FilePosition position, int index) {
    Path path = Path.of(position.path());
    if (position.isUnread()) {
      // Nothing but its inode was known of it, which says nothing of a copy.
      precede(path, position.modifiedMillis(), index);
    }
    if (!memory.giveUp(position)) {
      return;
    }
    FileStat there = lookout.found().get(path);
    if (there != null && position.is(there.key())) {
      tailing.events().truncated(position.path());
    }
    long lost = position.sizeBytes() - position.offsetBytes();
    if (lost > 0) {
      tailing.events().lost(position.path(), lost, "the file was gone before it was read");
    }
  }

  private boolean goOnInCopy(Generation old) {
    try {
      Relative copy = old.isKnownByHead() ? relatives.copyOf(old, keys()) : null;
      if (copy != null) {
        old.goOnIn(copy.file(), copy.stat());
        old.unnamed(tailing.nowNanos());
        return true;
      }
    } catch (IOException ignored) {
      // Told where it was tried.
    }
    String path = old.path().toString();
    if (old.lagBytes() > 0) {
      tailing.events().lost(path, old.lagBytes(), "the file was truncated before it was read");
    }
    old.finish();
    return false;
  }

  private void precede(Path path, long sinceMillis, int index) {
    try {
      List<FilePosition> known = known();
      List<Relative> successors =
          relatives.successors(
              path,
              sinceMillis,
              taken(),
              (key, file) -> isFresh(path, key, file, known),
              stat -> memory.awaitUnread(FilePosition.unread(path, stat, 0)));
      int at = index;
      for (Relative successor : successors) {
        if (RotatedNames.isGzip(successor.path().toString())) {
          memory.readAtLast(path, successor.file().sizeBytes());
        }
        generations.add(at++, begin(path.toString(), successor, 0));
      }
    } catch (IOException e) {
      tailing.troubles().missing(path.toString(), Troubles.problem(e), false);
    }
  }

  private boolean isFresh(Path path, FileKey key, LogFile file, List<FilePosition> known)
      throws IOException {
    for (FilePosition position : known) {
      boolean meant = !position.isUnread() || position.path().equals(path.toString());
      if (meant && position.mayBe(key, true) && position.continuesIn(file, tailing.buffer())) {
        return false;
      }
    }
    return true;
  }

  /** Its path is the one it had in its time: by that it and its successors are found again. */
  private Generation begin(String path, Relative relative, long offset) throws IOException {
    Generation generation =
        tailing.generation(Path.of(path), relative.stat(), relative.file(), offset);
    generation.unnamed(tailing.nowNanos());
    return generation;
  }

  private List<FilePosition> known() {
    List<FilePosition> known = memory.all();
    generations.forEach(g -> known.add(g.position(tailing.buffer())));
    return known;
  }

  /** Files that have a name of their own, or are open under none. */
  private Set<FileKey> taken() {
    Set<FileKey> taken = keys();
    lookout.found().values().forEach(stat -> taken.add(stat.key()));
    return taken;
  }

  private Set<FileKey> keys() {
    Set<FileKey> keys = new HashSet<>();
    generations.forEach(g -> keys.add(g.key()));
    return keys;
  }
}
