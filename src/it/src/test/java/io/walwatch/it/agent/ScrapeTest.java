/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts are typed from the description of Prometheus' exposition format. */
class ScrapeTest {
  private static final String TEXT =
      """
      # HELP walwatch_push_completed_total Pushes that completed
      # TYPE walwatch_push_completed_total counter
      walwatch_push_completed_total{archiver="wal-e",server="15/main"} 64.0
      walwatch_push_completed_total{archiver="wal-g",server="15/main"} 2.0
      walwatch_failures_kept 1.0E-3
      walwatch_archive_duration_seconds_bucket{server="m",le="+Inf"} 3 1395066363000
      odd{path="C:\\\\new\\"s\\n"} +Inf
      """;

  private final Scrape scrape = Scrape.parse(TEXT);

  @Test
  void shouldFindTheOnlySeriesWithTheLabels() {
    assertThat(scrape.value("walwatch_push_completed_total", "archiver=wal-e")).hasValue(64);
    assertThat(scrape.value("walwatch_failures_kept")).hasValue(0.001);
    assertThat(scrape.value("walwatch_archive_duration_seconds_bucket", "le=+Inf")).hasValue(3);
  }

  @Test
  void shouldTellAbsenceFromZero() {
    assertThat(scrape.value("walwatch_push_completed_total", "archiver=barman")).isEmpty();
    assertThat(scrape.sum("walwatch_push_completed_total", "archiver=barman")).isZero();
  }

  @Test
  void shouldAddSeriesUpButNeverPickOneOfMany() {
    assertThat(scrape.sum("walwatch_push_completed_total", "server=15/main")).isEqualTo(66);
    assertThatThrownBy(() -> scrape.value("walwatch_push_completed_total"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldUndoEscapes() {
    assertThat(scrape.samples().get(4))
        .isEqualTo(new Sample("odd", Map.of("path", "C:\\new\"s\n"), Double.POSITIVE_INFINITY));
  }

  @Test
  void shouldRefuseWhatIsNotTheFormat() {
    assertThatThrownBy(() -> Scrape.parse("<html>")).isInstanceOf(IllegalArgumentException.class);
  }
}
