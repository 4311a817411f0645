/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.tail.Relatives.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which generation follows which where no open descriptor tells: after truncation, and when files
 * came and went between two looks.
 */
final class Succession {
  /** Before the first look nothing came: what lies there is history. */
  private static final long NEVER = Long.MAX_VALUE;

  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory;
  private final Roster roster;
  private final List<Generation> generations;
  private final Relatives relatives;
  private final Map<Path, Long> unsearched = new LinkedHashMap<>();

  Succession(Tailing tailing, Lookout lookout, Memory memory, Roster roster, Relatives relatives) {
    this.tailing = tailing;
    this.lookout = lookout;
    this.memory = memory;
    this.roster = roster;
    this.generations = roster.generations();
    this.relatives = relatives;
  }

  /** The open file of a generation lost bytes in place. */
  void truncated(Generation old) throws IOException {
    LogFile file = old.release();
    try {
      FileStat stat =
          new FileStat(
              old.key(),
              file.sizeBytes(),
              old.times().modifiedMillis(),
              old.times().bornMillis(),
              true);
      truncated(old, file, stat);
    } catch (IOException e) {
      tailing.close(old.path(), file);
      old.times().lookAgain();
      throw e;
    }
  }

  /**
   * A file lost its bytes in place. The generation that it was goes on in the copy that was made
   * before, if there is one; the file itself begins anew.
   *
   * @param file the file itself, open
   */
  void truncated(Generation old, LogFile file, FileStat stat) throws IOException {
    Path path = old.path();
    Generation anew = tailing.generation(path, stat, file, 0);
    tailing.events().truncated(path.toString());
    relatives.forget();
    long since = old.times().modifiedMillis();
    generations.add(generations.indexOf(old) + 1, anew);
    if (!goOnInCopy(old)) {
      generations.remove(old);
    }
    precede(path, since, generations.indexOf(anew));
  }

  private boolean goOnInCopy(Generation old) {
    try {
      Relative copy =
          old.print().isKnownByHead() ? relatives.copyOf(old, roster.originals()) : null;
      if (copy != null) {
        goOnIn(copy, old);
        return true;
      }
    } catch (IOException ignored) {
      // Told where it was tried; perhaps there is one, and it is sought.
      memory.await(old.position(tailing.buffer()));
      return false;
    }
    if (old.lagBeforeBytes() > 0) {
      String why = "the file was truncated before it was read";
      tailing.events().lost(old.path().toString(), old.lagBeforeBytes(), why);
    }
    old.feeding().finish();
    return false;
  }

  private void goOnIn(Relative copy, Generation old) throws IOException {
    try {
      old.goOnIn(copy.file(), copy.stat());
    } catch (IOException e) {
      tailing.close(copy.path(), copy.file());
      throw e;
    }
    old.unnamed(tailing.nowNanos());
    for (Generation other : List.copyOf(generations)) {
      if (other != old && other.key().equals(old.key())) {
        generations.remove(other);
        other.close();
      }
    }
  }

  /** The generations that came and went at a path since the last one that is known there. */
  void precede(Path path) {
    noticeTruncation(path);
    long since = roster.lastWritten(path);
    precede(path, since == Long.MIN_VALUE ? unknownSince() : since, generations.size());
  }

  /** Since when something may have come to a path of which nothing is known. */
  private long unknownSince() {
    return lookout.lookedMillis() == 0 ? NEVER : lookout.lookedMillis();
  }

  /**
   * As {@link #precede(Path)}.
   *
   * @param sinceMillis when the last one was written that is known there
   * @param index where they belong among all generations
   */
  void precede(Path path, long sinceMillis, int index) {
    if (sinceMillis == NEVER) {
      return;
    }
    try {
      List<Relative> successors =
          relatives.successors(
              path,
              sinceMillis,
              roster::taken,
              (stat, file) -> roster.isFresh(path, stat, file, roster.known()),
              stat -> memory.awaitUnread(FilePosition.unread(path, stat, 0)));
      int at = index;
      for (Relative successor : successors) {
        at += add(at, path, successor) ? 1 : 0;
      }
    } catch (IOException e) {
      tailing.troubles().missing(path.toString(), IoReason.of(e), false);
      unsearched.merge(path, sinceMillis, Math::min);
    }
  }

  private boolean add(int index, Path path, Relative successor) {
    try {
      long size = successor.file().sizeBytes();
      roster.add(index, path, successor, 0);
      if (RotatedNames.isGzip(successor.path().toString())) {
        memory.readAtLast(path, size);
      }
      return true;
    } catch (IOException e) {
      tailing.troubles().missing(path.toString(), IoReason.of(e), false);
      tailing.close(successor.path(), successor.file());
      memory.awaitUnread(FilePosition.unread(path, successor.stat(), 0));
      return false;
    }
  }

  /** Where a directory could not be read, what came and went there is still to be found. */
  void searchAgain() {
    Map<Path, Long> again = new LinkedHashMap<>(unsearched);
    unsearched.clear();
    again.forEach((path, since) -> precede(path, since, 0));
  }

  /** What an open file holds now may be what is found beside it, under its next name. */
  private void noticeTruncation(Path path) {
    for (Generation generation : generations.stream().filter(g -> g.path().equals(path)).toList()) {
      noticeTruncation(generation);
    }
  }

  /**
   * Looks before it is read, which may be long after, when it holds something else again; returns
   * whether it was truncated.
   */
  boolean noticeTruncation(Generation generation) {
    try {
      if (generation.isTruncated(tailing.buffer())) {
        truncated(generation);
        return true;
      }
    } catch (IOException e) {
      tailing.readTroubles().failed(generation.key(), generation.name(), e);
    }
    return false;
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
    long others = lookout.lookedMillis() == 0 && last != Long.MIN_VALUE ? last : unknownSince();
    for (Path stray : lookout.strays()) {
      since.putIfAbsent(stray, others);
    }
    since.forEach((path, modified) -> precede(path, modified, 0));
  }

  /** What a file held of which nothing was read may have been emptied into a copy. */
  void firstWritten(Generation generation) {
    precede(
        generation.path(), generation.times().modifiedMillis(), generations.indexOf(generation));
  }

  /** Files may come and go at a path between two looks that find it empty. */
  void searchEmptyPaths() {
    Set<Path> empty = new LinkedHashSet<>(lookout.newStrays());
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

  /**
   * Whether a file is being made by copying one that is read: what is copied comes before its
   * origin is emptied, and a pattern may well match both.
   */
  boolean isCopy(Generation candidate) {
    if (candidate.isCopy()) {
      return true;
    }
    String name = String.valueOf(candidate.path().getFileName());
    String base = RotatedNames.baseOf(name);
    String datedBase = RotatedNames.baseBeforeExtensionOf(name);
    return (base != null && isCopyOfOneNamed(Path.of(base), candidate))
        || (datedBase != null && isCopyOfOneNamed(Path.of(datedBase), candidate))
        || (!candidate.isNamed() && isCopyOfOneNamed(candidate.path(), candidate));
  }

  private boolean isCopyOfOneNamed(Path name, Generation candidate) {
    for (Generation origin : generations) {
      // Makes no text of each path: with many files this is asked for each pair of them.
      if (origin != candidate
          && origin.isOpen()
          && origin.path().endsWith(name)
          && isCopyOf(origin, candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all that a file holds so far stands in another one; if so, it is not to be read. */
  private boolean isCopyOf(Generation origin, Generation candidate) {
    LogFile mine = candidate.file();
    LogFile other = origin.file();
    if (mine != null && other != null && origin.print().isKnownByHead()) {
      try {
        // The origin may have been emptied by now; then it is known by what was read of it.
        candidate.setCopy(
            Heads.isPrefix(mine, other)
                || ((origin.offset() > 0 || origin.isTruncated(tailing.buffer()))
                    && origin.print().isIn(mine, origin.offset(), tailing.buffer())));
      } catch (IOException e) {
        tailing.readTroubles().failed(candidate.key(), candidate.name(), e);
      }
    }
    return candidate.isCopy();
  }
}
