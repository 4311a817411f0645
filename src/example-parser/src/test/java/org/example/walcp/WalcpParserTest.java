/* SPDX-License-Identifier: Apache-2.0 */
package org.example.walcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverProvider;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WalcpParserTest {
  @Test
  void shouldBeFoundLikeEveryPlugIn() {
    assertThat(providers()).extracting(LogParserProvider::name).contains("walcp", "postgres");
  }

  @Test
  void shouldReadItsLinesInAPostgresqlLog() {
    assertThat(
            read(
                """
                2026-11-22 09:06:37.476 UTC [5] LOG:  database system is ready
                walcp: stored 000000010000000000000001 in /srv/wal
                walcp: failed 000000010000000000000002: No space left on device
                2026-11-22 09:06:37.476 UTC [6] LOG:  x
                \twalcp: stored 000000010000000000000003 in /srv/wal
                walcp: stored nothing in /srv/wal
                """))
        .containsExactly(
            "COMPLETE 000000010000000000000001",
            "FAIL 000000010000000000000002",
            "MALFORMED bad file name");
  }

  /** One parser that does not ignore them keeps all others from passing them over at a glance. */
  @Test
  void shouldIgnoreTheMessagesOfTheServer() {
    Asked walcp = new Asked(new WalcpProvider().create());
    LogParserProvider provider = new ArchiverProvider("asked", "asked", () -> walcp) {};

    read(
        """
        2026-11-22 09:06:37.476 UTC [5] LOG:  walcp: stored 000000010000000000000001 in /srv/wal
        2026-11-22 09:06:37.477 UTC [6] LOG:  walcp: stored 000000010000000000000001 in /srv/wal
        2026-11-22 09:06:37.478 UTC [7] LOG:  walcp: stored 000000010000000000000001 in /srv/wal
        """,
        List.of(provider),
        new ArrayList<>());

    assertThat(walcp.answers)
        .containsExactly("mayMatter SERVER_MESSAGE false", "ignoresAll SERVER_MESSAGE true");
  }

  private static List<LogParserProvider> providers() {
    List<LogParserProvider> providers = new ArrayList<>();
    ServiceLoader.load(LogParserProvider.class).forEach(providers::add);
    return providers;
  }

  private static List<String> read(String log) {
    List<String> found = new ArrayList<>();
    read(log, providers(), found);
    return found;
  }

  private static void read(String log, List<LogParserProvider> providers, List<String> found) {
    LogPipeline pipeline =
        LogPipelines.create(PipelineOptions.DEFAULT, providers, new Shown(found));
    Line line = new Line();
    log.lines()
        .map(Ascii::bytes)
        .forEach(
            text -> {
              // A glance is for lines that have others behind them, as in a read buffer.
              byte[] buffer = Arrays.copyOf(text, text.length + 256);
              pipeline.accept(line.wrap(buffer, 0, text.length, 0, false));
            });
    pipeline.end();
  }

  /** What was found, in words. */
  private record Shown(List<String> found) implements EventSink {
    @Override
    public void event(LogEvent event, Origin origin) {
      if (event instanceof LogEvent.Push push) {
        found.add(push.state() + " " + push.file().name());
      }
    }

    @Override
    public void rejected(Rejection rejection) {
      found.add(rejection.verdict() + " " + rejection.reason());
    }
  }

  /** What another parser answers to the questions of a framing. */
  private static final class Asked implements LogParser {
    private final LogParser parser;
    private final Set<String> answers = new LinkedHashSet<>();

    Asked(LogParser parser) {
      this.parser = parser;
    }

    @Override
    public boolean mayMatter(LogRecord head) {
      boolean matters = parser.mayMatter(head);
      answers.add("mayMatter " + head.kind() + " " + matters);
      return matters;
    }

    @Override
    public boolean ignoresAll(LogRecord beginning) {
      boolean ignored = parser.ignoresAll(beginning);
      answers.add("ignoresAll " + beginning.kind() + " " + ignored);
      return ignored;
    }

    @Override
    public void accept(LogRecord record, EventSink sink) {
      parser.accept(record, sink);
    }
  }
}
