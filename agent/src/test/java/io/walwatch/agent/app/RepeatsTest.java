/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that stand in several of the files that are read at once. */
final class RepeatsTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:08:12.476Z");

  private final List<String> shown = new ArrayList<>();
  private final Repeats repeats = new Repeats(new Listing());

  @Test
  void shouldShowARecordOnceThatStandsInTwoFiles() {
    repeats.source("a.csv");
    add(1, AT);
    add(1, AT);
    repeats.source("a.log");
    add(1, AT.minusMillis(476));
    add(1, AT);
    add(1, AT);

    assertThat(shown)
        .containsExactly(
            "event",
            "event",
            "DUPLICATE read in an earlier file",
            "DUPLICATE read in an earlier file",
            "event");
  }

  @Test
  void shouldShowTheSameTextOfAnotherSecondOrWithoutATime() {
    repeats.source("a.log.1");
    add(1, AT);
    add(2, null);
    repeats.source("a.log");
    add(1, AT.plusSeconds(1));
    add(2, null);

    assertThat(shown).containsOnly("event").hasSize(4);
  }

  private void add(long textHash, @Nullable Instant at) {
    repeats.event(new LogEvent.ArchiveNotConfigured(at), new Origin("postgres", 0, textHash));
  }

  private final class Listing implements EventPrinter {
    @Override
    public void source(String file) {}

    @Override
    public void event(LogEvent event, Origin origin) {
      shown.add("event");
    }

    @Override
    public void rejected(Rejection rejection) {
      shown.add(rejection.verdict() + " " + rejection.reason());
    }

    @Override
    public void finish() {}
  }
}
