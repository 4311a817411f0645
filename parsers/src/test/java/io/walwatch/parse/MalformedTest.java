/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the right program wrote, in words that are known, and what follows them does not fit. */
final class MalformedTest {
  private static final String HEAD = "2026-11-22 09:00:02.000 UTC [500] ";
  private static final String DETAIL =
      HEAD + "DETAIL:  The failed archive command was: cp pg_wal/0000000100000000000000AA /x\n";
  private static final String STRUCTURED =
      "\n        STRUCTURED: time=2026-11-22T09:03:14.519808-00 pid=29079 action=push-wal"
          + " key=s3://b/wal_005/000000010000000000000001.lzo prefix="
          + " seg=000000010000000000000001 state=begin";
  private static final String FAILED =
      "{\"timestamp\":\"2026-11-22 09:07:24.861 UTC\",\"pid\":5,\"error_severity\":\"LOG\","
          + "\"message\":\"archive command failed with exit code 1\",\"detail\":\"The failed archive"
          + " command was: cp pg_wal/0000000100000000000000AA /x\",\"backend_type\":\"archiver\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOG:  archive command failed with exit code abc|no exit code or signal",
        "LOG:  archive command failed with exit code 999|no exit code or signal",
        "FATAL:  archive command was terminated by signal x: Killed|no exit code or signal",
      })
  void shouldRefuseAnAttemptWithoutACode(String message, String reason) {
    assertMalformed(HEAD + message + "\n" + DETAIL, "postgres: " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "archiving write-ahead log file \"garbage\" failed too many times, will try again later",
        "removed orphan archive status file \"pg_wal/archive_status/zz.ready\"",
      })
  void shouldRefuseAFileOfPgWalThatIsNone(String message) {
    assertMalformed(HEAD + "WARNING:  " + message + "\n", "postgres: bad file name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wal_e.worker.upload INFO     NOMSG: begin archiving a file|no MSG: behind the level",
        "wal_e.worker.upload FOO MSG:|unknown level",
        "wal_e.worker.upload TRACE    MSG: begin archiving a file|unknown level",
      })
  void shouldRefuseAHeaderThatIsNotWalEs(String header, String reason) {
    assertMalformed(header + STRUCTURED + "\n", "wal-e: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22 09:24:40.649 P00   INFO: pushed WAL file 'garbage' to the archive|pgbackrest",
        "2026-11-22 09:24:40.649 P00   INFO: archive-push command begin 2.45: [pg_wal/x] --pg1-path=/x|pgbackrest",
        "2026-11-22 09:24:40.649 P00   INFO: unable to find garbage in the archive|pgbackrest",
        "INFO: 2021/11/04 12:23:29.559454 FILE PATH: garbage.lz4|wal-g",
        "INFO: 2021/11/04 12:23:29.559454 WAL-prefetch file:  garbage|wal-g",
      })
  void shouldRefuseAFileOfAnotherArchiverThatIsNone(String line, String parser) {
    assertMalformed(line + "\n", parser + ": bad file name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", FAILED, "{", "}"})
  void shouldRefuseMoreThanOneObjectInALine(String behind) {
    Found found = Golden.readText(FAILED + "\n" + FAILED + behind + "\n" + FAILED + " \n");

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(2);
    assertThat(found.rejected().keySet()).containsExactly("MALFORMED jsonlog: no JSON object");
  }

  /** Others may begin with the same words, and what somebody else wrote is no record at all. */
  @Test
  void shouldMakeNoNoiseOfHarmlessLines() {
    List<String> lines =
        List.of(
            HEAD + "DEBUG1:  archiving write-ahead log file \"garbage\"",
            HEAD + "LOG:  could not rename file \"garbage\" to \"x\": No such file or directory",
            "wal_e.exception.UserException: ERROR: MSG: could not connect",
            "wal_e.main OK",
            "2026-11-22 09:24:40.649 P00   INFO: found something else",
            "2026-11-22 09:24:40.649 P00   INFO: archive-push command end: aborted with exception [103]",
            "INFO: 2021/11/04 12:23:29.559454 FILE PATH: basebackups_005/base_1/part_001.tar.lz4",
            "INFO: 2021/11/04 12:23:29.559454 FILE PATH: 000000010000000000000010_delta.lz4");

    Found found = Golden.readText(String.join("\n", lines) + "\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldNotCallMalformedWhatASessionSays() {
    Found found =
        Golden.readText(
            """
            2026-11-22 09:00:02.000 UTC [7] ann@shop LOG:  archive command failed with exit code x
            2026-11-22 09:00:02.000 UTC [7] ann@shop CONTEXT:  PL/pgSQL function f() line 1
            """,
            new PipelineOptions(null, "%m [%p] %q%u@%d ", null, Set.of(), true));

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).isEmpty();
  }

  private static void assertMalformed(String text, String rejection) {
    Found found = Golden.readText(text);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet()).containsExactly("MALFORMED " + rejection);
    assertThat(found.rejections()).hasSize(1);
  }
}
