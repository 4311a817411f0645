/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverSightings.Answer;
import io.walwatch.parse.ArchiverSightings.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A prefix that has the process id only, and somebody who saw the archiver. */
final class ArchiverSightingsTest {
  private static final Instant STARTED = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant LAST_SEEN = Instant.parse("2026-11-22T09:10:00Z");
  private static final ArchiverSightings SEEN =
      new ArchiverSightings(List.of(new Sighting(7, STARTED, LAST_SEEN)));

  @Test
  void shouldKnowTheArchiverWhileItIsSeen() {
    assertThat(SEEN.of(7, at("09:05:00"))).isEqualTo(Answer.ARCHIVER);
    assertThat(SEEN.of(8, at("09:05:00"))).isEqualTo(Answer.ANOTHER);
    assertThat(SEEN.of(7, null)).isEqualTo(Answer.ARCHIVER);
    assertThat(SEEN.of(8, null)).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldRuleNobodyOutForTheTimeBeforeAndAfter() {
    for (String time : List.of("08:59:00", "09:00:01", "09:10:01")) {
      assertThat(SEEN.of(8, at(time))).isEqualTo(Answer.UNKNOWN);
    }
    assertThat(SEEN.of(7, at("08:59:00"))).isEqualTo(Answer.UNKNOWN);
    assertThat(SEEN.of(7, at("09:10:01"))).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldRefuseAWarningOfAnotherProcess() {
    Found found = read(8, "WARNING:  archive_mode enabled, yet archiving is not configured\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED postgres: written by another process than the archiver");
  }

  @Test
  void shouldBelieveTheArchiverWithoutADetail() {
    assertThat(read(7, "LOG:  archive command failed with exit code 1\n").events()).hasSize(1);
    assertThat(
            read(7, "WARNING:  archive_mode enabled, yet archiving is not configured\n").events())
        .hasSize(1);
  }

  @Test
  void shouldStillRefuseWhatHasTheContextOfAFunction() {
    String context = "2026-11-22 09:05:00.000 UTC [7] CONTEXT:  PL/pgSQL function f() line 1\n";

    assertThat(read(7, "LOG:  archive command failed with exit code 1\n" + context).events())
        .isEmpty();
  }

  @Test
  void shouldRefuseAFailureWithoutADetailWhereNobodySawTheArchiver() {
    // With log_error_verbosity=terse a function that autovacuum or the function call protocol
    // runs leaves neither CONTEXT nor STATEMENT; nor does the archiver leave its DETAIL.
    Found found =
        Golden.readText(
            """
            2026-11-22 09:05:00.000 UTC [8] LOG:  archive command failed with exit code 1
            2026-11-22 09:05:00.000 UTC [8] LOG:  archive command was terminated by signal 9: Killed
            """);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED postgres: no proof that the archiver wrote it");
  }

  private static Found read(long pid, String text) {
    PipelineOptions options =
        new PipelineOptions(null, "%m [%p] ", null, Set.of(), true).withArchiver(at -> SEEN);
    return Golden.readText("2026-11-22 09:05:00.000 UTC [" + pid + "] " + text, options);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-22T" + time + "Z");
  }
}
