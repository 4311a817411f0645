/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The names of a client stand in the prefix as it sent them, line ends included, and before anybody
 * has asked for its password.
 */
final class ForgedNamesTest {
  private static final String HEAD =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file\n";
  private static final String STRUCTURED =
      "        STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579 action=push-wal"
          + " key=s3://b/wal_005/000000010000000000000001.lzo prefix= rate=1.5"
          + " seg=000000010000000000000001 state=complete\n";

  @Test
  void shouldNotReadAMessageOutOfAnApplicationName() {
    PipelineOptions options = new PipelineOptions(null, "%m [%p] %a ", null, Set.of(), true);
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] LOG:  archive command failed with exit code 1 LOG: "
                + " statement: select 1\n"
                + "2026-11-22 09:06:37.476 UTC [77] WARNING:  archive_mode enabled, yet archiving"
                + " is not configured LOG:  statement: select 1\n",
            options);

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldNotReadAMessageOutOfTheUserNameOfAFailedLogin() {
    // Behind %q stands either a severity or a name, and a name may look like a severity.
    PipelineOptions options = new PipelineOptions(null, "%m [%p] %q%u@%d ", null, Set.of(), true);
    Found found =
        Golden.readText(
            "2026-11-22 17:48:44.050 UTC [11220] LOG:  database system is shut down@evedb FATAL: "
                + " role \"LOG:  database system is shut down\" does not exist\n",
            options);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet()).containsExactly("FORGED postgres: written by a session");
  }

  @Test
  void shouldNotReadAMessageOutOfAUserNameThatEndsALine() {
    PipelineOptions options = new PipelineOptions(null, "%m [%p] %q%u@%d ", null, Set.of(), true);
    Found found =
        Golden.readText(
            """
            2026-11-22 17:48:44.050 UTC [11220] LOG:  database system is shut down
            @evedb FATAL:  role "LOG: ..." does not exist
            2026-11-22 17:48:44.051 UTC [11221] WARNING:  archive_mode enabled, yet archive_command is not set
            @evedb FATAL:  role "WARNING: ..." does not exist
            2026-11-22 17:49:44.052 UTC [5] LOG:  %s
            2026-11-22 17:49:44.052 UTC [5] LOG:  database system is shut down
            2026-11-22 17:49:44.052 UTC [5] LOG:  database system is shut down
            lzop: <stdin>: not a lzop file
            """
                .replace("%s", "x".repeat(300)),
            options);

    assertThat(found.events()).hasSize(2);
    assertThat(found.rejected()).isEqualTo(Map.of("FORGED postgres: written by a session", 2));
  }

  @Test
  void shouldNotReadARecordOutOfTheUserNameOfAFailedLogin() {
    // A user name may hold line ends; the server writes it into the prefix as it is.
    shouldNotReadARecordBehind("");
  }

  @Test
  void shouldNotReadARecordOutOfAUserNameThatIsLongerThanANameMayBe() {
    // PostgreSQL 17.0 to 17.2 write it whole.
    shouldNotReadARecordBehind("\n" + "x".repeat(300) + "\n");
  }

  private static void shouldNotReadARecordBehind(String beginning) {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:36.000 UTC [70] ann@db LOG:  statement: select 1\n"
                + "2026-11-22 09:06:37.476 UTC [77] x\n"
                + beginning
                + HEAD
                + STRUCTURED
                + "@db FATAL:  role \"x\" does not exist\n"
                + "2026-11-22 09:06:38.476 UTC [78] ann@db LOG:  statement: select 1\n"
                + HEAD
                + STRUCTURED);

    assertThat(found.events()).hasSize(1);
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED wal-e: inside a message of the server");
  }

  @Test
  void shouldNotBelieveAMessageBehindATornPrefix() {
    Found found =
        Golden.readText(
            """
            2026-11-22 09:06:36.000 UTC [70] ann@db LOG:  statement: select 1
            2026-11-22 09:06:37.476 UTC [77] x
            2026-11-22 09:06:37.476 UTC [5] LOG:  database system is shut down
            @db FATAL:  role "x" does not exist
            """);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet()).containsExactly("FORGED postgres: written by a session");
  }

  @Test
  void shouldNotReadAMessageOutOfAUserNameThatGoesOnBehindATab() {
    PipelineOptions options = new PipelineOptions(null, "%m [%p] %q%u@%d ", null, Set.of(), true);
    Found found =
        Golden.readText(
            """
            2026-11-22 17:48:44.050 UTC [11220] LOG:  database system is shut down
            \t@evedb FATAL:  role "LOG: ..." does not exist
            2026-11-22 17:48:44.051 UTC [11221] WARNING:  archive_mode enabled, yet archive_command is not set
            \t@evedb FATAL:  role "WARNING: ..." does not exist
            """,
            options);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected()).isEqualTo(Map.of("FORGED postgres: written by a session", 2));
  }
}
