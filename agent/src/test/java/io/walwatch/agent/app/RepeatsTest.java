/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that stand in several of the files that are read at once. */
final class RepeatsTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:08:12.476Z");

  private final List<String> shown = new ArrayList<>();
  private Repeats repeats = new Repeats(new Listing(), 9, file -> file.equals("outranked.csv"));

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

  @Test
  void shouldKeepApartWhatTwoProcessesSayInOneSecond() {
    repeats.source("s1.log");
    add(1, AT, 103L);
    repeats.source("s2.log");
    add(1, AT, 203L);
    repeats.source("s1.csv");
    add(1, AT, 103L);
    add(1, AT, 103L);

    assertThat(shown)
        .containsExactly("event", "event", "DUPLICATE read in an earlier file", "event");
  }

  /** As where log_line_prefix has no %p, and syslog tells the process. */
  @Test
  void shouldCompareBySecondsWhereOneWayDoesNotTellTheProcess() {
    repeats.source("a.log");
    add(1, AT);
    repeats.source("syslog");
    add(1, AT, 103L);
    repeats.source("b.log");
    add(1, AT);

    assertThat(shown)
        .containsExactly(
            "event", "DUPLICATE read in an earlier file", "DUPLICATE read in an earlier file");
  }

  @Test
  void shouldShowNoServersMessageOfAFormatThatAnotherOutranks() {
    repeats.source("outranked.csv");
    add(1, null);
    repeats.event(new LogEvent.ArchiveNotConfigured(null), new Origin("wal-e", 0, 1));

    assertThat(shown).containsExactly("DUPLICATE told by another format of the same log", "event");
  }

  @Test
  void shouldSayHowManyRecordsItCouldNotRemember() throws IOException {
    repeats = new Repeats(new Listing(), 2, file -> false, 4);
    repeats.source("a.log");
    for (int text = 0; text < 5; text++) {
      add(text, AT);
    }
    repeats.source("syslog");
    for (int text = 0; text < 5; text++) {
      add(text, AT);
    }
    repeats.finish();

    assertThat(shown)
        .containsExactly(
            "event",
            "event",
            "event",
            "event",
            "event",
            "DUPLICATE read in an earlier file",
            "DUPLICATE read in an earlier file",
            "event",
            "event",
            "event",
            "3 not compared");
  }

  private void add(long textHash, @Nullable Instant at) {
    add(textHash, at, null);
  }

  private void add(long textHash, @Nullable Instant at, @Nullable Long pid) {
    repeats.event(new LogEvent.ArchiveNotConfigured(at), new Origin("postgres", 0, textHash, pid));
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
    public void notCompared(long records) {
      shown.add(records + " not compared");
    }

    @Override
    public void finish() {}
  }
}
