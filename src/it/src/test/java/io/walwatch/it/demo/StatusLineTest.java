/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.Scrape;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  @Test
  void shouldSayWhatWaitsAndWhatFailed() {
    Scrape scrape =
        Scrape.parse(
            """
            walwatch_archive_archived_files_total{kind="segment",server="demo"} 12.0
            walwatch_archive_archived_files_total{kind="history",server="demo"} 1.0
            walwatch_archive_ready_files{kind="segment",server="demo"} 2.0
            walwatch_archive_oldest_ready_timestamp_seconds{server="demo"} 1.7E9
            walwatch_push_started_total{archiver="wal-e",server="demo"} 14.0
            walwatch_push_completed_total{archiver="wal-e",server="demo"} 12.0
            walwatch_push_failed_total{archiver="wal-e",server="demo"} 1.0
            walwatch_push_abandoned_total{archiver="wal-e",server="demo"} 1.0
            walwatch_push_in_flight{archiver="wal-e",server="demo"} 0.0
            walwatch_archive_command_failures_total{cause="exit",severity="log",server="demo"} 3.0
            walwatch_archive_command_failures_total{cause="exit",severity="fatal",server="demo"} 1.0
            walwatch_archive_command_failures_total{cause="signal",severity="fatal",server="demo"} 1.0
            walwatch_archive_command_last_exit_code{server="demo"} 255.0
            """);

    assertThat(StatusLine.of(scrape, Instant.ofEpochSecond(1_700_000_007)))
        .isEqualTo(
            "22:13:27Z  archived 13, waiting 2 (the oldest for 7 s); pushes begun 14: completed 12,"
                + " failed 1, abandoned 1, in flight 0; archive_command failed 4 times by exit"
                + " code (the last 255), 1 times by signal");
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() {
    assertThat(StatusLine.of(new Scrape(java.util.List.of()), Instant.EPOCH))
        .startsWith("00:00:00Z  archived 0, waiting 0; pushes");
  }
}
