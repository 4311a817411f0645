/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.BackupSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the commands of a provider one after the other, and parses what they print meanwhile. */
public final class CommandLister implements Lister {
  private final BackupListParserProvider provider;
  private final BackupListRequest request;
  private final Launcher launcher;
  private final Duration timeout;
  private final Supplier<WalGeometry> geometry;

  /**
   * Runs nothing yet.
   *
   * @param timeout for each command
   * @param geometry of the WAL in the store, asked at each look
   */
  public CommandLister(
      BackupListParserProvider provider,
      BackupListRequest request,
      Launcher launcher,
      Duration timeout,
      Supplier<WalGeometry> geometry) {
    this.provider = provider;
    this.request = request;
    this.launcher = launcher;
    this.timeout = timeout;
    this.geometry = geometry;
  }

  @Override
  public Listing list() throws ListingException, InterruptedException {
    Tally tally = new Tally(geometry.get());
    BackupListParser parser = provider.create(request);
    for (List<String> command : provider.commands(request)) {
      run(command, parser, tally);
    }
    try {
      parser.end(tally);
    } catch (IOException e) {
      throw new ListingException(String.valueOf(e.getMessage()));
    }
    return tally.listing();
  }

  private void run(List<String> command, BackupListParser parser, BackupSink sink)
      throws ListingException, InterruptedException {
    try (Child child = launcher.start(command, timeout)) {
      LimitedStream output = new LimitedStream(child.output(), provider.outputLimitBytes());
      @Nullable IOException problem = read(output, parser, sink);
      if (output.isExceeded()) {
        throw new ListingException(
            command.get(0)
                + " printed more than "
                + provider.outputLimitBytes()
                + " bytes and was stopped",
            child.errors());
      }
      int code = child.await();
      judge(command, child, code, problem);
    }
  }

  /** Reads to the end even what cannot be parsed: how the command ends says more. */
  private static @Nullable IOException read(
      InputStream output, BackupListParser parser, BackupSink sink) throws InterruptedException {
    @Nullable IOException problem = null;
    try {
      parser.parse(output, sink);
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException e) {
      problem = e;
    }
    try {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return problem == null ? e : problem;
    }
    return problem;
  }

  private void judge(List<String> command, Child child, int code, @Nullable IOException problem)
      throws ListingException {
    String program = command.get(0);
    if (child.timedOut()) {
      throw new ListingException(
          program + " did not end within " + timeout.toSeconds() + " s and was killed",
          child.errors());
    }
    if (code != 0) {
      throw new ListingException(program + " ended with exit code " + code, child.errors());
    }
    if (problem != null) {
      throw new ListingException(program + ": " + problem.getMessage(), child.errors());
    }
  }
}
