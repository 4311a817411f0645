/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The lines of all files whose paths match, each exactly once, over rotation and restart.
 *
 * <p>At each call it looks where the paths lead, follows the files it knows to their new names,
 * opens those it does not know, and reads: first what is older, then what is written now. A file
 * whose path leads elsewhere is read to its end through its descriptor before its successor is
 * begun.
 *
 * <p>What cannot be saved is counted as lost: bytes that were written and truncated or deleted
 * before they were read, as far as their number is known.
 */
public final class FileLogStream implements LogStream {
  private final Tailing tailing;
  private final Lookout lookout;
  private final Memory memory = new Memory();
  private final List<Generation> generations;
  private final Follower follower;
  private final Turns turns;

  /**
   * Opens nothing yet.
   *
   * @param resume where an earlier run stopped, or {@link StreamPosition#NEW}
   * @param primers take the last lines of what was there before a stream without a position is read
   *     for the first time: they are not counted, and none of them goes to the other handlers
   * @param nanoClock as {@link System#nanoTime}
   * @throws java.util.regex.PatternSyntaxException if a glob is none
   */
  public FileLogStream(
      FileSource source,
      StreamPosition resume,
      LineHandlers handlers,
      LineHandlers primers,
      TailEvents events,
      LongSupplier nanoClock) {
    this(new Tailing(source, new LocalDisk(), handlers, primers, events, nanoClock), resume);
  }

  FileLogStream(Tailing tailing, StreamPosition resume) {
    this.tailing = tailing;
    resume.files().forEach(memory::await);
    this.lookout = new Lookout(tailing, resume.lookedMillis());
    Roster roster = new Roster(tailing, lookout, memory);
    this.generations = roster.generations();
    this.follower = new Follower(tailing, lookout, memory, roster, !resume.known());
    this.turns = new Turns(tailing, generations, follower.succession());
  }

  @Override
  public int read(int budgetBytes) {
    follower.look();
    int read = turns.read(budgetBytes);
    settle();
    return read;
  }

  @Override
  public StreamPosition position() {
    List<FilePosition> files = memory.all();
    generations.stream()
        .filter(g -> !isNamelessCopy(g))
        .forEach(g -> files.add(g.position(tailing.buffer())));
    return new StreamPosition(!follower.isAtStart(), files, "", lookout.nextLookedMillis());
  }

  /** Nothing is read of it, and by its head it would be taken for its origin. */
  private boolean isNamelessCopy(Generation generation) {
    return !generation.isNamed()
        && generation.offset() == 0
        && follower.succession().isCopy(generation);
  }

  /** Files that paths lead to and that can be read, even if their descriptor rests. */
  @Override
  public int openFiles() {
    return (int) generations.stream().filter(Generation::isNamed).count();
  }

  @Override
  public long lagBytes() {
    return memory.lagBytes() + generations.stream().mapToLong(Generation::lagBytes).sum();
  }

  @Override
  public boolean canWait() {
    return true;
  }

  @Override
  public Set<Path> watchedDirectories() {
    return lookout.directories();
  }

  @Override
  public void finish() {
    generations.forEach(g -> g.feeding().finish());
  }

  @Override
  public void close() {
    generations.forEach(this::close);
  }

  private void settle() {
    long now = tailing.nowNanos();
    for (Generation generation : List.copyOf(generations)) {
      if (generation.idleNanos(now) >= tailing.limits().quiet().toNanos()) {
        generation.feeding().quiet();
      }
      if (generation.idleNanos(now) >= tailing.limits().lateWriter().toNanos()) {
        generation.feeding().longQuiet();
      }
      if (generation.isRotated() && generation.isOpen() && isOver(generation, now)) {
        end(generation);
      }
      if (!generation.isOpen() && !generation.isNamed()) {
        retire(generation);
      }
    }
  }

  private boolean isOver(Generation generation, long nowNanos) {
    TailLimits limits = tailing.limits();
    boolean replaced = generation.isNamed() || lookout.leadsSomewhere(generation.path());
    long patience =
        replaced && generation.lagBytes() == 0
            ? limits.lateWriter().toNanos()
            : limits.deletedWriter().toNanos();
    return generation.idleNanos(nowNanos) >= patience;
  }

  private void end(Generation generation) {
    if (generation.lagBytes() > 0) {
      tailing
          .events()
          .lost(generation.name(), generation.lagBytes(), "the rotated file cannot be read");
    }
    generation.feeding().finish();
    close(generation);
  }

  /** One that was not finished has lost its name while its descriptor rested: it is sought. */
  private void retire(Generation generation) {
    generations.remove(generation);
    tailing.readTroubles().gone(generation.key());
    FilePosition position = generation.position(tailing.buffer());
    if (isNamelessCopy(generation)) {
      return;
    }
    if (generation.isFinished()) {
      memory.finish(position);
      follower.lateWriters().watch(position);
    } else {
      memory.await(position);
    }
  }

  private void close(Generation generation) {
    try {
      generation.close();
    } catch (IOException e) {
      tailing.troubles().failed(generation.path().toString(), e);
    }
  }
}
