/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.FileLogStream;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.InputLogStream;
import io.walwatch.agent.tail.JournalLogStream;
import io.walwatch.agent.tail.LineHandlers;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.StreamPosition;
import io.walwatch.agent.tail.SyslogTcpStream;
import io.walwatch.agent.tail.SyslogUdpStream;
import io.walwatch.agent.tail.TailEvents;
import io.walwatch.agent.tail.TailLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Opens the stream that a source's input asks for. */
final class Streams {
  private final TailLimits limits;
  private final FileSource.Start start;
  private final InstantSource clock;

  /**
   * Opens nothing yet.
   *
   * @param start where files begin that are read for the first time
   */
  Streams(TailLimits limits, FileSource.Start start, InstantSource clock) {
    this.limits = limits;
    this.start = start;
    this.clock = clock;
  }

  /**
   * Opens one stream.
   *
   * @param newSinceMillis see {@link FileSource}
   * @param primers take the last lines of a file that was there before us
   * @throws UsageException when an address cannot be listened on
   */
  LogStream open(
      SourceInput input,
      long newSinceMillis,
      StreamPosition resume,
      LineHandlers handlers,
      LineHandlers primers,
      TailEvents events)
      throws UsageException {
    if (input instanceof SourceInput.Files files) {
      FileSource source = new FileSource(files.globs(), start, newSinceMillis, limits);
      return new FileLogStream(source, resume, handlers, primers, events, System::nanoTime);
    }
    if (input instanceof SourceInput.Journal journal) {
      return journal(journal, resume, handlers, primers, events);
    }
    if (input instanceof SourceInput.Syslog syslog) {
      return syslog(syslog, handlers, events);
    }
    return new InputLogStream("stdin", System.in, limits, handlers, events, System::nanoTime);
  }

  /**
   * Opens an address and closes it again.
   *
   * @throws UsageException when it cannot be listened on
   */
  void tryAddress(SourceInput.Syslog syslog) throws UsageException {
    syslog(syslog, path -> new UnheardLines(), SourceState.unnamed()).close();
  }

  private LogStream journal(
      SourceInput.Journal journal,
      StreamPosition resume,
      LineHandlers handlers,
      LineHandlers primers,
      TailEvents events) {
    Instant since = start == FileSource.Start.BEGINNING ? Instant.MIN : clock.instant();
    return new JournalLogStream(
        List.of("journalctl"),
        List.of("--unit=" + journal.unit()),
        since,
        resume,
        limits,
        handlers,
        primers,
        events,
        System::nanoTime);
  }

  private LogStream syslog(SourceInput.Syslog syslog, LineHandlers handlers, TailEvents events)
      throws UsageException {
    ListenAddress listen = syslog.address();
    InetSocketAddress address =
        new InetSocketAddress(listen.host().orElse("127.0.0.1"), listen.port());
    try {
      return switch (syslog.transport()) {
        case UDP -> new SyslogUdpStream(address, limits, handlers, events, System::nanoTime);
        case TCP -> new SyslogTcpStream(address, limits, handlers, events, System::nanoTime);
      };
    } catch (IllegalArgumentException | IOException e) {
      throw new UsageException(
          "cannot listen for syslog messages on "
              + listen
              + ": "
              + e.getMessage()
              + "; choose a free port of 127.0.0.1");
    }
  }
}
