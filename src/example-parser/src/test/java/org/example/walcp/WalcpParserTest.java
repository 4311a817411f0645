/* SPDX-License-Identifier: Apache-2.0 */
package org.example.walcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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

  private static List<LogParserProvider> providers() {
    List<LogParserProvider> providers = new ArrayList<>();
    ServiceLoader.load(LogParserProvider.class).forEach(providers::add);
    return providers;
  }

  private static List<String> read(String log) {
    List<String> found = new ArrayList<>();
    EventSink sink =
        new EventSink() {
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
        };
    LogPipeline pipeline = LogPipelines.create(PipelineOptions.DEFAULT, providers(), sink);
    Line line = new Line();
    log.lines()
        .map(Ascii::bytes)
        .forEach(bytes -> pipeline.accept(line.wrap(bytes, 0, bytes.length, 0, false)));
    pipeline.end();
    return found;
  }
}
