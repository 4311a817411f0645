/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.inventory.VerifiedWal.Walk;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.BackupSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.TeeInputStream;
import org.jspecify.annotations.Nullable;

/** Runs the commands of a provider one after the other, and parses what they print meanwhile. */
public final class CommandLister implements Lister {
  /** Of the list itself, for where it is none: an error, a page. */
  private static final int PRINTED_BYTES = 16 * 1024;

  private final BackupListParserProvider provider;
  private final BackupListRequest request;
  private final Launcher launcher;
  private final Duration timeout;
  private final Supplier<WalGeometry> geometry;
  private final Supplier<Map<Long, TimelineHistory>> histories;
  private final Duration every;
  private final InstantSource clock;

  /**
   * Runs nothing yet.
   *
   * @param timeout for each command
   * @param geometry of the WAL in the store, asked at each look
   * @param histories of its timelines, as far as they are known, asked at each look
   * @param every how often it is asked to look
   */
  public CommandLister(
      BackupListParserProvider provider,
      BackupListRequest request,
      Launcher launcher,
      Duration timeout,
      Supplier<WalGeometry> geometry,
      Supplier<Map<Long, TimelineHistory>> histories,
      Duration every,
      InstantSource clock) {
    this.provider = provider;
    this.request = request;
    this.launcher = launcher;
    this.timeout = timeout;
    this.geometry = geometry;
    this.histories = histories;
    this.every = every;
    this.clock = clock;
  }

  @Override
  public Listing list() throws ListingException, InterruptedException {
    return list(Optional.empty());
  }

  @Override
  public Listing list(Optional<VerifiedWal> earlier) throws ListingException, InterruptedException {
    WalGeometry wal = geometry.get();
    Map<Long, TimelineHistory> known = histories.get();
    Walk walk = new Walk(clock.millis(), place(wal, known));
    Optional<VerifiedWal> reliable = earlier.filter(verified -> verified.holds(walk, every));
    Optional<Listing> shorter =
        reliable.isPresent()
            ? goOn(new StoredWal(wal, walk, reliable, known), reliable.get())
            : Optional.empty();
    if (shorter.isPresent()) {
      return shorter.get();
    }
    Tally tally = new Tally(new StoredWal(wal, walk, Optional.empty(), known), clock);
    look(request, tally);
    return tally.listing();
  }

  /**
   * Looks where an earlier one has ended. Empty when that did not work out, so that everything has
   * to be walked: not every store that says it is like S3 lists from a key on.
   */
  private Optional<Listing> goOn(StoredWal wal, VerifiedWal earlier) throws InterruptedException {
    Tally tally = new Tally(wal, clock);
    try {
      look(request.walFrom(earlier.through()), tally);
      return tally.isRefuted() ? Optional.empty() : Optional.of(tally.listing());
    } catch (ListingException ignored) {
      return Optional.empty();
    }
  }

  /**
   * The same commands list the same store; of their text nothing is kept. A way between timelines
   * that becomes known makes another one of it.
   */
  private String place(WalGeometry wal, Map<Long, TimelineHistory> known) {
    Map<Long, Map<Long, Long>> switches = new TreeMap<>();
    known.forEach((timeline, history) -> switches.put(timeline, history.switches()));
    return Integer.toHexString(
        Objects.hash(provider.commands(request), Long.valueOf(wal.segmentSizeBytes()), switches));
  }

  private void look(BackupListRequest wanted, BackupSink sink)
      throws ListingException, InterruptedException {
    BackupListParser parser = provider.create(wanted);
    String said = "";
    for (List<String> command : provider.commands(wanted)) {
      said = run(command, parser, sink);
    }
    try {
      parser.end(sink);
    } catch (IOException e) {
      throw new ListingException(String.valueOf(e.getMessage()), said);
    }
  }

  /** Returns what the command wrote, for where that turns out to be no list. */
  private String run(List<String> command, BackupListParser parser, BackupSink sink)
      throws ListingException, InterruptedException {
    TextTail printed = new TextTail(PRINTED_BYTES);
    try (Child child = launcher.start(command, timeout)) {
      BoundedInputStream output = bounded(child.output());
      @Nullable IOException problem;
      synchronized (child.output().lock()) {
        problem = read(new TeeInputStream(output, printed), parser, sink);
      }
      if (output.getCount() > provider.outputLimitBytes()) {
        throw new ListingException(
            command.get(0)
                + " printed more than "
                + provider.outputLimitBytes()
                + " bytes and was stopped",
            said(printed, child));
      }
      int code = child.await();
      String said = said(printed, child);
      judge(command, child.timedOut(), code, problem, said);
      return said;
    }
  }

  /** Barman, for one, tells as JSON on its standard output why there is no list. */
  private static String said(TextTail printed, Child child) {
    String output = printed.text();
    String errors = child.errors();
    if (output.isBlank()) {
      return errors;
    }
    return "(standard output:)\n"
        + output
        + (output.endsWith("\n") ? "" : "\n")
        + (errors.isBlank() ? "" : "(standard error:)\n" + errors);
  }

  /** Ends one byte behind the limit, so that too much can be told from just enough. */
  private BoundedInputStream bounded(InputStream output) throws ListingException {
    try {
      return BoundedInputStream.builder()
          .setInputStream(output)
          .setMaxCount(provider.outputLimitBytes() + 1)
          .get();
    } catch (IOException e) {
      throw new ListingException(String.valueOf(e.getMessage()));
    }
  }

  /** Reads to the end even what cannot be parsed: how the command ends says more. */
  private static @Nullable IOException read(
      InputStream output, BackupListParser parser, BackupSink sink) throws InterruptedException {
    @Nullable IOException problem = null;
    try {
      parser.parse(output, sink);
    } catch (IOException e) {
      problem = e;
    }
    try {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException e) {
      return problem == null ? e : problem;
    }
    return problem;
  }

  private void judge(
      List<String> command, boolean timedOut, int code, @Nullable IOException problem, String said)
      throws ListingException {
    String program = command.get(0);
    if (timedOut) {
      throw new ListingException(
          program + " did not end within " + timeout.toSeconds() + " s and was killed", said);
    }
    if (code != 0) {
      throw new ListingException(program + " ended with exit code " + code, said);
    }
    if (problem != null) {
      throw new ListingException(program + ": " + problem.getMessage(), said);
    }
  }
}
