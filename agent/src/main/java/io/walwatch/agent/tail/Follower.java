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
  private final LateWriters lateWriters;
  private final Descriptors descriptors;
  private boolean first = true;
  // What could not be seen at the first look was there before us, as far as anybody can tell.
  private Set<Path> unseen = new HashSet<>();
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
    this.descriptors = new Descriptors(tailing, generations);
    this.lateWriters = new LateWriters(tailing, memory);
    this.atStart = atStart;
    this.atResume = !atStart;
  }

  Succession succession() {
    return succession;
  }

  LateWriters lateWriters() {
    return lateWriters;
  }

  /**
   * Whether nothing was seen yet of a source that nobody remembers, though something may be there.
   */
  boolean isAtStart() {
    return atStart;
  }

  void look() {
    relatives.forget();
    Map<Path, FileStat> found = lookout.look();
    if (atStart) {
      unseen = lookout.unseen();
    }
    memory.expect(found.size());
    follow(found);
    List<FilePosition> remembered = memory.all();
    openUnknown(found);
    if (atResume) {
      succession.catchUp(remembered);
    } else {
      succession.searchEmptyPaths();
    }
    succession.searchAgain();
    lateWriters.look();
    reunion.meetWaiting();
    if (first) {
      begin();
    }
    unseen.retainAll(lookout.unseen());
    atStart = atStart && found.isEmpty() && !unseen.isEmpty();
    first = atStart;
    atResume = false;
  }

  /** All that is there is open, and nothing is read yet. */
  private void begin() {
    if (atStart && tailing.source().start() == FileSource.Start.END) {
      new Priming(tailing).prime(generations);
    }
    catchUp.bound();
  }

  private void follow(Map<Path, FileStat> found) {
    Map<FileKey, Path> names = new HashMap<>();
    found.forEach((path, stat) -> names.putIfAbsent(stat.key(), path));
    for (Generation generation : List.copyOf(generations)) {
      if (generation.lagBytes() > 0) {
        generation.lookAgain();
        if (succession.noticeTruncation(generation)) {
          continue;
        }
      }
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
          generation.growHead(tailing.buffer());
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
    LogFile file = descriptors.makeRoom() ? open(path, stat) : null;
    // When it can be opened it may have another name.
    if ((file == null || !begin(path, stat, file)) && !memory.awaits(path, stat)) {
      succession.precede(path);
      memory.awaitUnread(
          FilePosition.unread(path, stat, startsAtEnd(path, stat) ? stat.sizeBytes() : 0));
    }
  }

  private boolean begin(Path path, FileStat stat, LogFile file) {
    FilePosition before = null;
    try {
      succession.precede(path);
      before = memory.take(path, stat, file, tailing.buffer());
      long offset = offset(path, stat, before, file);
      Generation generation = tailing.generation(path, stat, file, offset);
      generations.add(generation);
      tellLost(generation, before);
      return true;
    } catch (IOException e) {
      tailing.troubles().failed(path.toString(), e);
      tailing.close(path, file);
      if (before != null) {
        memory.await(before);
      }
      return before != null;
    }
  }

  /** What was seen and not read when it was known last, and is not there any more. */
  private void tellLost(Generation generation, @Nullable FilePosition before) {
    String path = generation.path().toString();
    if (before != null && !RotatedNames.isGzip(path)) {
      long lost = before.sizeBytes() - generation.offset() - generation.lagBytes();
      if (lost > 0) {
        tailing.events().lost(path, lost, "the file shrank");
      }
    }
  }

  /** Whether what is there already is not wanted. */
  private boolean startsAtEnd(Path path, FileStat stat) {
    return tailing.source().start() == FileSource.Start.END
        && !tailing.source().isNew(stat)
        && (atStart || wasUnseen(path));
  }

  private boolean wasUnseen(Path path) {
    for (Path at = path; at != null && !unseen.isEmpty(); at = at.getParent()) {
      if (unseen.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private long offset(Path path, FileStat stat, @Nullable FilePosition before, LogFile file)
      throws IOException {
    long offset = startsAtEnd(path, stat) ? file.sizeBytes() : 0;
    if (before != null) {
      offset = before.offsetBytes();
    }
    return before == null || before.identity().headLengthBytes() == 0
        ? tailing.buffer().lineStart(file, offset, tailing.limits().maxLineBytes())
        : offset;
  }

  /** A file that had been let go has grown, or is another by now. */
  private void wake(Generation generation, FileStat stat) {
    LogFile file = descriptors.makeRoom() ? open(generation.path(), stat) : null;
    if (file == null) {
      generation.times().lookAgain();
      return;
    }
    try {
      if (generation.print().isIn(file, generation.offset(), tailing.buffer())) {
        generation.goOnIn(file, stat);
      } else {
        succession.truncated(generation, file, stat);
      }
    } catch (IOException e) {
      tailing.troubles().failed(generation.path().toString(), e);
      tailing.close(generation.path(), file);
      generation.times().lookAgain();
    }
  }

  /** There is no fstat: only if a path leads to the same file before and after is it this one. */
  private @Nullable LogFile open(Path path, FileStat stat) {
    String name = path.toString();
    if (!tailing.troubles().mayTry(name)) {
      return null;
    }
    LogFile file = null;
    try {
      file = tailing.disk().open(path);
      if (tailing.disk().stat(path).key().equals(stat.key())) {
        tailing.troubles().worked(name);
        return file;
      }
    } catch (IOException e) {
      tailing.troubles().failed(name, e);
    }
    if (file != null) {
      tailing.close(path, file);
    }
    return null;
  }
}
