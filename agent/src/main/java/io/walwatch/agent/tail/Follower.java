/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the files to their new names and opens those that are new. */
final class Follower {
  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory;
  private final List<Generation> generations;
  private final Succession succession;
  private final Reunion reunion;
  private final Relatives relatives;
  private final CatchUp catchUp;
  private boolean first = true;
  private boolean atStart;
  private boolean atResume;

  Follower(Tailing tailing, Lookout lookout, Memory memory, Roster roster, boolean atStart) {
    this.tailing = tailing;
    this.lookout = lookout;
    this.memory = memory;
    this.generations = roster.generations();
    this.relatives = new Relatives(tailing);
    this.succession = new Succession(tailing, lookout, memory, roster, relatives);
    this.reunion = new Reunion(tailing, lookout, memory, roster, relatives, succession);
    this.catchUp = new CatchUp(tailing, generations, succession);
    this.atStart = atStart;
    this.atResume = !memory.all().isEmpty();
  }

  Succession succession() {
    return succession;
  }

  /** Whether no look was taken yet at a source that nobody remembers. */
  boolean isAtStart() {
    return atStart;
  }

  void look() {
    relatives.forget();
    Map<Path, FileStat> found = lookout.look();
    memory.expect(found.size());
    follow(found);
    List<FilePosition> remembered = memory.all();
    openUnknown(found);
    if (atResume) {
      succession.catchUp(remembered);
    }
    succession.searchEmptyPaths();
    reunion.meetWaiting();
    if (first) {
      begin();
    }
    first = false;
    atStart = false;
    atResume = false;
  }

  /** All that is there is open, and nothing is read yet. */
  private void begin() {
    if (startsAtEnd()) {
      new Priming(tailing).prime(generations);
    }
    catchUp.bound();
  }

  private void follow(Map<Path, FileStat> found) {
    Map<FileKey, Path> names = new HashMap<>();
    found.forEach((path, stat) -> names.putIfAbsent(stat.key(), path));
    for (Generation generation : List.copyOf(generations)) {
      FileStat there = found.get(generation.path());
      Path name =
          there != null && there.key().equals(generation.key())
              ? generation.path()
              : names.get(generation.key());
      FileStat stat = name == null ? null : found.get(name);
      if (name == null || stat == null) {
        generation.unnamed(tailing.nowNanos());
      } else {
        boolean changed = generation.hasChanged(stat);
        boolean firstWritten = generation.isFirstWritten(stat);
        generation.seenAt(name, stat, tailing.nowNanos());
        if (generation.isOpen()) {
          tailing.troubles().worked(name.toString());
        }
        if (changed && !generation.isOpen()) {
          wake(generation, stat);
        } else if (firstWritten) {
          succession.firstWritten(generation);
        }
      }
    }
  }

  private void openUnknown(Map<Path, FileStat> found) {
    Set<FileKey> known = new HashSet<>();
    generations.forEach(g -> known.add(g.key()));
    List<Map.Entry<Path, FileStat>> unknown = new ArrayList<>();
    for (Map.Entry<Path, FileStat> entry : found.entrySet()) {
      if (lookout.hasChanged(entry.getKey(), entry.getValue().key())) {
        tailing.events().rotated(entry.getKey().toString());
      }
      if (known.add(entry.getValue().key())) {
        unknown.add(entry);
      }
    }
    Set<FileKey> remembered = unknown.isEmpty() ? Set.of() : memory.keys();
    // One that is remembered first: else a copy of it would be taken for it.
    unknown.sort(
        Comparator.<Map.Entry<Path, FileStat>, Boolean>comparing(
                e -> !remembered.contains(e.getValue().key()))
            .thenComparing(e -> e.getValue().modifiedMillis()));
    unknown.forEach(e -> begin(e.getKey(), e.getValue()));
    lookout.forget(known);
  }

  private void begin(Path path, FileStat stat) {
    LogFile file = makeRoom() ? open(path, stat) : null;
    if (file != null) {
      try {
        succession.precede(path);
        FilePosition before = memory.take(path, stat.key(), file, tailing.buffer());
        tellLost(path, before, file);
        generations.add(tailing.generation(path, stat, file, offset(before, file)));
      } catch (IOException e) {
        tailing.troubles().failed(path.toString(), e);
      }
    } else {
      // When it can be opened it may have another name.
      if (!memory.awaits(path, stat.key())) {
        succession.precede(path);
        memory.awaitUnread(FilePosition.unread(path, stat, startsAtEnd() ? stat.sizeBytes() : 0));
      }
    }
  }

  /** What was seen and not read when it was known last, and is not there any more. */
  private void tellLost(Path path, @Nullable FilePosition before, LogFile file) throws IOException {
    if (before != null && !RotatedNames.isGzip(path.toString())) {
      long lost = before.sizeBytes() - Math.max(before.offsetBytes(), file.sizeBytes());
      if (lost > 0) {
        tailing.events().lost(path.toString(), lost, "the file shrank");
      }
    }
  }

  /** Whether what is there already is not wanted. */
  private boolean startsAtEnd() {
    return atStart && tailing.source().start() == FileSource.Start.END;
  }

  private long offset(@Nullable FilePosition before, LogFile file) throws IOException {
    long offset = startsAtEnd() ? file.sizeBytes() : 0;
    if (before != null) {
      offset = before.offsetBytes();
    }
    return before == null || before.identity().headLengthBytes() == 0
        ? tailing.buffer().lineStart(file, offset, tailing.limits().maxLineBytes())
        : offset;
  }

  /** A file that had been let go has grown, or is another by now. */
  private void wake(Generation generation, FileStat stat) {
    LogFile file = makeRoom() ? open(generation.path(), stat) : null;
    if (file != null) {
      try {
        if (generation.print().isIn(file, generation.offset(), tailing.buffer())) {
          generation.goOnIn(file, stat);
        } else {
          succession.truncated(generation, file, stat);
        }
      } catch (IOException e) {
        tailing.troubles().failed(generation.path().toString(), e);
      }
    }
  }

  /** There is no fstat: only if a path leads to the same file before and after is it this one. */
  private @Nullable LogFile open(Path path, FileStat stat) {
    String name = path.toString();
    if (!tailing.troubles().mayTry(name)) {
      return null;
    }
    try {
      if (!stat.regular()) {
        throw new IOException("not a regular file");
      }
      LogFile file = tailing.disk().open(path);
      if (tailing.disk().stat(path).key().equals(stat.key())) {
        tailing.troubles().worked(name);
        return file;
      }
      file.close();
    } catch (IOException e) {
      tailing.troubles().failed(name, e);
    }
    return null;
  }

  /** Lets the file go that was idle for longest, if there are too many descriptors. */
  private boolean makeRoom() {
    long now = tailing.nowNanos();
    List<Generation> open = generations.stream().filter(Generation::isOpen).toList();
    if (open.size() < tailing.limits().maxOpenFiles()) {
      return true;
    }
    return open.stream()
        .filter(g -> g.isNamed() && g.lagBytes() == 0)
        .max(Comparator.comparing(g -> g.idleNanos(now)))
        .map(this::letGo)
        .orElse(false);
  }

  private boolean letGo(Generation generation) {
    try {
      generation.close();
    } catch (IOException e) {
      tailing.troubles().failed(generation.path().toString(), e);
    }
    return true;
  }
}
