/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Relatives.Relative;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which generation follows which where no open descriptor tells: after truncation, after a stop,
 * and when a file came and went between two looks.
 */
final class Succession {
  private static final long SEARCH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Tailing tailing;
  private final Memory memory;
  private final List<Generation> generations;
  private final Relatives relatives;
  private long nextSearchNanos;

  Succession(Tailing tailing, Memory memory, List<Generation> generations) {
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

  /** Looks for the files that a restart remembers and no path leads to. */
  void meetWaiting(Map<Path, FileStat> found) {
    if (memory.waiting().isEmpty() || tailing.nowNanos() - nextSearchNanos < 0) {
      return;
    }
    nextSearchNanos = tailing.nowNanos() + SEARCH_NANOS;
    int index = 0;
    for (FilePosition position : memory.waiting()) {
      boolean unopened =
          found.values().stream().anyMatch(s -> !keys().contains(s.key()) && position.is(s.key()));
      if (!unopened && meet(position, found, index)) {
        index++;
      }
    }
  }

  private boolean meet(FilePosition position, Map<Path, FileStat> found, int index) {
    try {
      Relative relative = relatives.find(position, keys());
      if (relative == null) {
        gone(position, found.get(Path.of(position.path())));
        return false;
      }
      memory.met(position);
      generations.add(index, begin(position.path(), relative, position.offsetBytes()));
      return true;
    } catch (IOException e) {
      tailing.troubles().failed(position.path(), e);
      return false;
    }
  }

  /** Remembered all the same: a disk may only not be mounted yet. */
  private void gone(FilePosition position, @Nullable FileStat there) {
    memory.giveUp(position);
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
      Relative copy = relatives.copyOf(old, keys());
      if (copy != null) {
        old.goOnIn(copy.file(), copy.stat());
        old.unnamed(tailing.nowNanos());
        return true;
      }
    } catch (IOException e) {
      tailing.troubles().failed(old.path().toString(), e);
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
          relatives.successors(path, sinceMillis, keys(), file -> isFresh(file, known));
      int at = index;
      for (Relative successor : successors) {
        generations.add(at++, begin(path.toString(), successor, 0));
      }
    } catch (IOException e) {
      tailing.troubles().failed(path.toString(), e);
    }
  }

  private boolean isFresh(LogFile file, List<FilePosition> known) throws IOException {
    for (FilePosition position : known) {
      if (position.identity().headLengthBytes() > 0
          && position.continuesIn(file, tailing.buffer())) {
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

  private Set<FileKey> keys() {
    Set<FileKey> keys = new HashSet<>();
    generations.forEach(g -> keys.add(g.key()));
    return keys;
  }
}
