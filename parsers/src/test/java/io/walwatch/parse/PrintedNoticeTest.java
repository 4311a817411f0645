/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverSightings.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What another server said to a client of dblink or postgres_fdw is printed by libpq as it is, as a
 * PostgreSQL 15 with dblink did it: without a prefix, without TABs.
 */
final class PrintedNoticeTest {
  private static final String READY =
      "2026-11-29 13:05:17.827 UTC [25903] LOG:  database system is ready to accept connections\n";
  private static final String WALE =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file\n"
          + "        STRUCTURED: time=2026-11-29T13:05:00.000000-00 pid=777 action=push-wal"
          + " key=s3://b/wal_005/0000000100000000000000AA.lzo prefix= rate=1"
          + " seg=0000000100000000000000AA state=complete\n";
  private static final String SERVERS =
      "2026-11-29 13:05:00.000 UTC [99999] LOG:  archive command failed with exit code 66\n"
          + "2026-11-29 13:05:00.000 UTC [99999] DETAIL:  The failed archive command was: cp"
          + " pg_wal/0000000100000000000000AB /x\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING:  x\n",
        "NOTICE:  x\n",
        "INFO:  x\n",
        "LOG:  x\n",
        "DEBUG1:  x\n",
        "WARNUNG:  x\n",
        "ПРЕДУПРЕЖДЕНИЕ:  x\n",
        "ATTENTION :  x\n",
        "WARNING:  x\nDETAIL:  y\n",
        "NOTICE:  \n\n\n"
      })
  void shouldNotBelieveTheWordsOfWaleThatWerePrinted(String notice) {
    Found found = Golden.readText(READY + notice + WALE + READY + WALE);

    assertThat(found.count(LogEvent.Push.class)).isEqualTo(1);
    assertThat(found.rejected())
        .isEqualTo(Map.of("FORGED wal-e: inside a message of the server", 1));
  }

  @Test
  void shouldBelieveNoServerLinesThereWhereTheArchiverIsKnown() {
    ArchiverSightings seen =
        new ArchiverSightings(
            List.of(
                new Sighting(
                    25_910,
                    Instant.parse("2026-11-29T13:00:00Z"),
                    Instant.parse("2026-11-29T13:10:00Z"))));
    PipelineOptions options =
        new PipelineOptions("stderr", "%m [%p] ", null, Set.of(), true).withArchiver(at -> seen);

    Found found = Golden.readText(READY + "WARNING:  x\n" + SERVERS, options);

    assertThat(found.failures()).isEmpty();
    assertThat(found.rejected())
        .isEqualTo(Map.of("FORGED postgres: written by another process than the archiver", 1));
  }
}
