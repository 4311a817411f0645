/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.JournalExport.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the systemd journal, exactly once, through a {@code journalctl} that follows it.
 * Each entry becomes one line ({@link JournalText}).
 *
 * <p>The cursor that is remembered is that of the last entry that is done with. A journal that is
 * new to us is read from the moment on at which we begin; of its entries before only the last are
 * looked at, by the primers.
 */
public final class JournalLogStream implements LogStream {
  private static final List<String> EXPORT =
      List.of("--output=export", "--no-pager", "--quiet", "--all");

  private final String name;
  private final List<String> journalctl;
  private final List<String> matches;
  private final Troubles troubles;
  private final PushedLines lines;
  private final Frames frames;
  private final PushedLines primed;
  private final Frames primedFrames;
  private final boolean priming;
  private JournalExport export = new JournalExport(this::entry);
  private final Deque<Mark> marks = new ArrayDeque<>();
  private JournalStart start;
  private @Nullable Process process;
  private @Nullable BackgroundReader reader;
  private Waker waker = Waker.NOBODY;

  /** Once everything before the offset is committed, the journal is read up to this cursor. */
  private record Mark(long offset, String cursor) {}

  /**
   * Starts nothing yet.
   *
   * @param journalctl the command, usually just its name
   * @param matches what is asked of the journal, such as {@code --unit=postgresql@15-main}
   * @param since in a journal that is new to us, entries from before this instant are not wanted
   * @param primers take the last of these; they are not counted
   */
  public JournalLogStream(
      List<String> journalctl,
      List<String> matches,
      Instant since,
      StreamPosition resume,
      TailLimits limits,
      LineHandlers handlers,
      LineHandlers primers,
      TailEvents events,
      LongSupplier nanoClock) {
    this.name = "journal" + (matches.isEmpty() ? "" : " " + String.join(" ", matches));
    this.journalctl = List.copyOf(journalctl);
    this.matches = List.copyOf(matches);
    this.troubles = new Troubles(events, nanoClock);
    this.lines = new PushedLines(name, limits, handlers, events, nanoClock);
    this.frames = new Frames(lines);
    this.primed = new PushedLines(name, limits, primers, new Uncounted(), nanoClock);
    this.primedFrames = new Frames(primed);
    this.priming = !resume.known() && since.isAfter(Instant.EPOCH);
    this.start = resume.known() ? JournalStart.of(resume.cursor()) : new JournalStart("", since);
  }

  @Override
  public int read(int budgetBytes) {
    BackgroundReader from = reader();
    int read = 0;
    while (from != null && read < budgetBytes) {
      byte[] chunk = from.poll();
      if (chunk == null) {
        break;
      }
      export.accept(chunk);
      read += chunk.length;
    }
    primed.settle();
    lines.settle();
    advance();
    if (from != null && from.isEnded()) {
      ended();
    }
    return read;
  }

  @Override
  public StreamPosition position() {
    advance();
    return StreamPosition.ofCursor(start.text());
  }

  private void advance() {
    long committed = lines.committedOffset();
    while (!marks.isEmpty() && marks.getFirst().offset() <= committed) {
      start = JournalStart.of(marks.removeFirst().cursor());
    }
  }

  @Override
  public int openFiles() {
    return reader == null ? 0 : 1;
  }

  @Override
  public long lagBytes() {
    return reader == null ? 0 : reader.waitingBytes();
  }

  @Override
  public boolean canWait() {
    return true;
  }

  @Override
  public Set<Path> watchedDirectories() {
    return Set.of();
  }

  @Override
  public void wakeBy(Waker whom) {
    waker = whom;
    if (reader != null) {
      reader.wakeBy(whom);
    }
  }

  @Override
  public void finish() {
    lines.finish();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
    if (reader != null) {
      reader.close();
    }
  }

  private @Nullable BackgroundReader reader() {
    if (reader == null && troubles.mayTry(name)) {
      try {
        export = new JournalExport(this::entry);
        process =
            new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        reader = new BackgroundReader("read-journal", process.getInputStream());
        reader.wakeBy(waker);
      } catch (IOException e) {
        troubles.failed(name, e);
      }
    }
    return reader;
  }

  /** Goes on behind all that was handed over; a cursor that was not committed yet is in there. */
  private List<String> command() {
    List<String> command = new ArrayList<>(journalctl);
    command.addAll(EXPORT);
    command.add("--follow");
    command.addAll(matches);
    JournalStart from = marks.isEmpty() ? start : JournalStart.of(marks.getLast().cursor());
    command.addAll(from.options(priming));
    return command;
  }

  private void ended() {
    troubles.failed(name, new IOException("journalctl ended"));
    close();
    process = null;
    reader = null;
  }

  private void entry(Entry entry) {
    troubles.worked(name);
    if (marks.isEmpty() && entry.at().isBefore(start.since())) {
      JournalText.handOver(entry, primedFrames);
      start = new JournalStart(entry.cursor(), start.since());
      return;
    }
    primed.finish();
    JournalText.handOver(entry, frames);
    marks.addLast(new Mark(lines.offset(), entry.cursor()));
  }
}
