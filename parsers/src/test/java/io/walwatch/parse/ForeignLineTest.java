/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line of somebody else between two of one message neither proves nor refutes anything. */
final class ForeignLineTest {
  private static final String TIME = "2026-11-22 09:06:37.476 UTC ";
  private static final String PREFIX = TIME + "[5] ";
  private static final String READY =
      TIME + "[1] LOG:  database system is ready to accept connections\n";
  private static final String LOG = PREFIX + "LOG:  archive command failed with exit code 1\n";
  private static final String DETAIL =
      PREFIX + "DETAIL:  The failed archive command was: cp pg_wal/000000010000000000000001 /x\n";
  private static final String CONTEXT =
      PREFIX + "CONTEXT:  PL/pgSQL function f() line 1 at RAISE\n";
  private static final String STATEMENT = PREFIX + "STATEMENT:  select f()\n";
  private static final String IN_QUERY = "FORGED postgres: raised in a query or function";
  private static final String WALE =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file\n";
  private static final String STRUCTURED =
      "        STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579 action=push-wal"
          + " key=s3://b/wal_005/000000010000000000000001.lzo prefix= rate=1.5"
          + " seg=000000010000000000000001 state=complete\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lzop: something\n",
        TIME + "[7] LOG:  connection received: host=1\n",
        TIME + "[7] LOG:  checkpointer of another kind\n\tgoes on\n",
        TIME + "[7] LOG:  archive command failed with exit code 2\n",
        "lzop: one\nlzop: two\n" + TIME + "[7] ERROR:  three\n"
      })
  void shouldFindTheContextBehindIt(String foreign) {
    for (String forged :
        new String[] {
          LOG + DETAIL + foreign + CONTEXT + STATEMENT,
          LOG + foreign + DETAIL + foreign + CONTEXT,
          LOG + DETAIL + foreign + STATEMENT
        }) {
      Found found = Golden.readText(READY + forged);

      assertThat(found.failures()).as(forged).isEmpty();
      assertThat(found.rejected()).as(forged).containsEntry(IN_QUERY, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lzop: something\n",
        TIME + "[7] LOG:  connection received: host=1\n",
        TIME + "[7] ERROR:  x\n\tgoes on\n" + TIME + "[7] STATEMENT:  x\n"
      })
  void shouldBelieveTheFailureWhoseDetailStandsBehindIt(String foreign) {
    Found found = Golden.readText(READY + LOG + foreign + DETAIL + foreign + LOG + DETAIL);

    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 1", 2));
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldReadWhatStandsBetweenInItsOrder() {
    String other = "[6] LOG:  archive command failed with exit code 2\n";
    Found found =
        Golden.readText(
            READY
                + LOG
                + WALE
                + STRUCTURED
                + TIME
                + other
                + DETAIL
                + READY
                + DETAIL.replace("[5]", "[6]"));

    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 1", 1, "LOG EXIT 2", 1));
    assertThat(found.count(LogEvent.Push.class)).isEqualTo(1);
    assertThat(found.turns(LogEvent.ServerTurn.READY)).isEqualTo(2);
    assertThat(found.origins()).extracting(Origin::offsetBytes).isSorted();
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldKeepTheStreamsOfAContainerApart() {
    String stderr = "2026-11-22T09:06:37.476123456Z stderr F ";
    String stdout = "2026-11-22T09:06:37.476123456Z stdout F wal_e.main   ERROR    MSG: x\n";

    Found forged = Golden.readText(stderr + LOG + stderr + DETAIL + stdout + stderr + CONTEXT);
    Found genuine = Golden.readText(stderr + READY + stderr + LOG + stdout + stderr + DETAIL);

    assertThat(forged.failures()).isEmpty();
    assertThat(forged.rejected()).containsEntry(IN_QUERY, 1);
    assertThat(genuine.failures()).isEqualTo(Map.of("LOG EXIT 1", 1));
  }

  @Test
  void shouldNotTakeAPartFromBehindANameThatAClientHasTorn() {
    String torn = TIME + "[7] eve\n";
    String prefix = "%m [%p] %u@%d ";
    String log = (LOG + torn + DETAIL).replace("[5] ", "[5] @ ");

    Found found = Golden.readText(log, new PipelineOptions("stderr", prefix, null, Set.of(), true));

    assertThat(found.failures()).isEmpty();
  }

  @Test
  void shouldEndTheMessageWithTheLineOfAnotherWhereNoProcessShows() {
    String log = TIME + "LOG:  archive command failed with exit code 1\n";
    String detail = TIME + "DETAIL:  The failed archive command was: cp x /x\n";

    assertThat(Golden.readText(log + detail).failures()).hasSize(1);
    assertThat(Golden.readText(log + "lzop: something\n" + detail).failures()).isEmpty();
  }

  @Test
  void shouldCountTheEndOfARecordThatWasBrokenAsForged() {
    for (String foreign : new String[] {"lzop: something\n", TIME + "[7] LOG:  x\n"}) {
      Found found = Golden.readText(READY + WALE + foreign + STRUCTURED + READY);

      assertThat(found.count(LogEvent.Push.class)).isZero();
      assertThat(found.rejected())
          .isEqualTo(
              Map.of(
                  "MALFORMED wal-e: record broken off", 1,
                  "FORGED wal-e: end of a record that nobody began", 1));
    }
  }
}
