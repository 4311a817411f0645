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
import java.util.function.LongSupplier;

/**
 * The lines of all files whose paths match, each exactly once, over rotation and restart.
 *
 * <p>At each call it looks where the paths lead, follows the files it knows to their new names,
 * opens those it does not know, and reads: first what is older, then what is written now. A file
 * whose path leads elsewhere is read to its end through its descriptor before its successor is
 * begun.
 */
public final class FileLogStream implements LogStream {
  private final FileSource source;
  private final Disk disk;
  private final TailEvents events;
  private final LongSupplier nanoClock;
  private final Feeds feeds;
  private final Troubles troubles;
  private final Lookout lookout;
  private final Waiting waiting = new Waiting();
  private final ReadBuffer buffer = new ReadBuffer();
  private final List<Generation> generations = new ArrayList<>();
  private boolean atStart;
  private int next;

  /**
   * Opens nothing yet.
   *
   * @param resume where an earlier run stopped, or {@link StreamPosition#NEW}
   * @param nanoClock as {@link System#nanoTime}
   * @throws java.util.regex.PatternSyntaxException if a glob is none
   */
  public FileLogStream(
      FileSource source,
      StreamPosition resume,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock) {
    this(source, resume, handlers, events, nanoClock, new LocalDisk());
  }

  FileLogStream(
      FileSource source,
      StreamPosition resume,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock,
      Disk disk) {
    this.source = source;
    this.disk = disk;
    this.events = events;
    this.nanoClock = nanoClock;
    this.feeds = new Feeds(handlers, events, source.limits().maxLineBytes());
    this.troubles = new Troubles(events, nanoClock);
    this.lookout = new Lookout(source.globs(), disk, troubles, nanoClock);
    this.atStart = !resume.known();
    resume.files().forEach(waiting::add);
  }

  @Override
  public int read(int budgetBytes) {
    look();
    int read = readOlder(budgetBytes);
    read += readInTurn(budgetBytes - read);
    settle();
    return read;
  }

  @Override
  public StreamPosition position() {
    List<FilePosition> files = new ArrayList<>(waiting.positions());
    generations.forEach(g -> files.add(g.position(buffer)));
    return new StreamPosition(!atStart, files, "");
  }

  @Override
  public int openFiles() {
    return (int) generations.stream().filter(Generation::isOpen).count();
  }

  @Override
  public long lagBytes() {
    return generations.stream().mapToLong(Generation::lagBytes).sum();
  }

  @Override
  public Set<Path> watchedDirectories() {
    return lookout.directories();
  }

  @Override
  public void finish() {
    generations.forEach(Generation::finish);
  }

  @Override
  public void close() {
    generations.forEach(this::close);
  }

  private void look() {
    Map<Path, FileStat> found = lookout.look();
    followNames(found);
    List<Map.Entry<Path, FileStat>> unknown = new ArrayList<>();
    Set<FileKey> known = new HashSet<>();
    generations.forEach(g -> known.add(g.key()));
    for (Map.Entry<Path, FileStat> entry : found.entrySet()) {
      if (lookout.hasChanged(entry.getKey(), entry.getValue().key())) {
        events.rotated(entry.getKey().toString());
      }
      if (known.add(entry.getValue().key())) {
        unknown.add(entry);
      }
    }
    unknown.sort(Comparator.comparing(e -> e.getValue().modifiedMillis()));
    unknown.forEach(e -> open(e.getKey(), e.getValue()));
    lookout.forget(known);
    atStart = false;
  }

  private void followNames(Map<Path, FileStat> found) {
    long now = nanoClock.getAsLong();
    Map<FileKey, Path> names = new HashMap<>();
    found.forEach((path, stat) -> names.putIfAbsent(stat.key(), path));
    for (Generation generation : generations) {
      FileStat there = found.get(generation.path());
      Path name =
          there != null && there.key().equals(generation.key())
              ? generation.path()
              : names.get(generation.key());
      FileStat stat = name == null ? null : found.get(name);
      if (name == null || stat == null) {
        generation.unnamed(now);
      } else {
        generation.seenAt(name, stat, now);
      }
    }
  }

  private void open(Path path, FileStat stat) {
    String name = path.toString();
    if (!troubles.mayTry(name)) {
      return;
    }
    try {
      if (!stat.regular()) {
        throw new IOException("not a regular file");
      }
      LogFile file = disk.open(path);
      // There is no fstat: only if the path leads to the same file before and after is it this one.
      if (disk.stat(path).key().equals(stat.key())) {
        generations.add(begin(path, stat, file));
        troubles.worked(name);
      } else {
        file.close();
      }
    } catch (IOException e) {
      troubles.failed(name, e);
      if (atStart && source.start() == FileSource.Start.END) {
        waiting.add(unread(path, stat));
      }
    }
  }

  private Generation begin(Path path, FileStat stat, LogFile file) throws IOException {
    FilePosition before = waiting.take(path, stat.key(), file, buffer);
    long offset = before == null ? firstOffset(file) : before.offsetBytes();
    if (before == null || before.identity().headLengthBytes() == 0) {
      offset = buffer.lineStart(file, offset, source.limits().maxLineBytes());
    }
    FileIdentity identity = Heads.identify(stat.key(), file, buffer);
    Generation generation =
        new Generation(path, stat, identity, file, offset, nanoClock.getAsLong());
    generation.rememberTail(buffer);
    return generation;
  }

  private long firstOffset(LogFile file) throws IOException {
    return atStart && source.start() == FileSource.Start.END ? file.sizeBytes() : 0;
  }

  private static FilePosition unread(Path path, FileStat stat) {
    FileIdentity identity = new FileIdentity(stat.key().device(), stat.key().inode(), 0, 0);
    return new FilePosition(
        path.toString(), identity, stat.sizeBytes(), stat.sizeBytes(), stat.modifiedMillis());
  }

  /** What was rotated away, and what has never been read to its end, in the order it was opened. */
  private int readOlder(int budgetBytes) {
    int read = 0;
    for (int i = 0; i < generations.size() && read < budgetBytes; i++) {
      while (!generations.get(i).isCaughtUp() && read < budgetBytes) {
        int length = read(i, budgetBytes - read);
        read += length;
        if (length == 0) {
          break;
        }
      }
    }
    return read;
  }

  /** What is written now, each in its turn, so that one that floods starves no other. */
  private int readInTurn(int budgetBytes) {
    int read = 0;
    for (int silent = 0; silent < generations.size() && read < budgetBytes; next++) {
      next %= generations.size();
      int length = read(next, budgetBytes - read);
      read += length;
      silent = length == 0 ? silent + 1 : 0;
    }
    return read;
  }

  private int read(int index, int limitBytes) {
    Generation generation = generations.get(index);
    String name = generation.path().toString();
    if (!troubles.mayTry(name)) {
      return 0;
    }
    try {
      int length = generation.read(buffer, limitBytes, nanoClock.getAsLong(), feeds);
      troubles.worked(name);
      return length == Generation.TRUNCATED ? startOver(index, limitBytes) : length;
    } catch (IOException e) {
      troubles.failed(name, e);
      return 0;
    }
  }

  private int startOver(int index, int limitBytes) throws IOException {
    Generation generation = generations.get(index);
    String name = generation.path().toString();
    events.truncated(name);
    if (generation.lagBytes() > 0) {
      events.lost(name, generation.lagBytes(), "the file was truncated before it was read");
    }
    Generation anew = generation.startOver(buffer);
    generations.set(index, anew);
    return Math.max(0, anew.read(buffer, limitBytes, nanoClock.getAsLong(), feeds));
  }

  private void settle() {
    long now = nanoClock.getAsLong();
    TailLimits limits = source.limits();
    for (Generation generation : generations) {
      long idle = generation.idleNanos(now);
      if (idle >= limits.quiet().toNanos()) {
        generation.quiet();
      }
      if (generation.isRotated() && generation.isOpen() && idle >= limits.lateWriter().toNanos()) {
        generation.finish();
        close(generation);
      }
    }
    generations.removeIf(Generation::isOver);
  }

  private void close(Generation generation) {
    try {
      generation.close();
    } catch (IOException e) {
      troubles.failed(generation.path().toString(), e);
    }
  }
}
