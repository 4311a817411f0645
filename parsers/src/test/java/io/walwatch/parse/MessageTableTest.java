/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message about archiving that 9.6 to 18 have, as pgarch.c and its neighbours write it. */
final class MessageTableTest {
  private static final String SEGMENT = "000000010000000000000007";
  private static final String AT = " at offset 8192, length ";
  private static final String READY = "\"pg_wal/archive_status/" + SEGMENT + ".ready\"";
  private static final String FAILED =
      "|The failed archive command was: cp pg_wal/" + SEGMENT + " /x";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG|archive command failed with exit code 125" + FAILED,
        "FATAL|archive command failed with exit code 126" + FAILED,
        "FATAL|archive command was terminated by signal 9: Killed" + FAILED,
        "FATAL|archive command was terminated by exception 0xC0000005" + FAILED,
        "LOG|archive command exited with unrecognized status 512" + FAILED,
        "FATAL|both archive_command and archive_library set"
            + "|Only one of archive_command, archive_library may be set.",
        "FATAL|both \"archive_command\" and \"archive_library\" set"
            + "|Only one of \"archive_command\", \"archive_library\" may be set.",
        "ERROR|archive file \"/x/" + SEGMENT + "\" already exists",
      })
  void shouldCountAFailedAttempt(String message) {
    assertOnly(message, LogEvent.ArchiveCommandFailed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING|archiving write-ahead log file \"%s\" failed too many times, will try again later",
        "WARNING|archiving transaction log file \"%s\" failed too many times, will try again later",
      })
  void shouldHearThatItGaveUp(String message) {
    assertOnly(message.replace("%s", SEGMENT), LogEvent.ArchiveCommandGaveUp.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING|archive_mode enabled, yet archive_command is not set",
        "WARNING|archive_mode enabled, yet archiving is not configured",
        "WARNING|\"archive_mode\" enabled, yet archiving is not configured"
            + "|archive_command is not set.",
        "WARNING|\"archive_mode\" enabled, yet archiving is not configured"
            + "|\"archive_command\" is not set.",
      })
  void shouldKnowTheFourWordingsOfNotConfigured(String message) {
    assertOnly(message, LogEvent.ArchiveNotConfigured.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WARNING|removed orphan archive status file " + READY})
  void shouldHearOfAnOrphan(String message) {
    assertOnly(message, LogEvent.ArchiveOrphanRemoved.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING|still waiting for all required WAL segments to be archived (60 seconds elapsed)",
        "WARNING|pg_stop_backup still waiting for all required WAL segments to be archived"
            + " (120 seconds elapsed)",
      })
  void shouldHearThatABackupsEndWaits(String message) {
    assertOnly(message, LogEvent.BackupStopWait.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PANIC|could not write to file \"pg_wal/xlogtemp.4711\": No space left on device",
        "PANIC|could not write to file \"pg_xlog/xlogtemp.4711\": No space left on device",
        "PANIC|could not create file \"pg_wal/xlogtemp.4711\": No space left on device",
        "PANIC|could not write to log file " + SEGMENT + AT + "8192: No space left on device",
        "PANIC|could not write to log file pg_wal/"
            + SEGMENT
            + AT
            + "8192: No space left on device",
        "PANIC|could not fsync file \"pg_wal/" + SEGMENT + "\": No space left on device",
        "PANIC|could not fdatasync file \"pg_wal/" + SEGMENT + "\": No space left on device",
        "PANIC|could not fsync log file " + SEGMENT + ": No space left on device",
        "PANIC|could not fdatasync log file " + SEGMENT + ": No space left on device",
        "PANIC|could not write to log file \"" + SEGMENT + "\"" + AT + "1: No space left on device",
        "PANIC|could not fsync log segment " + SEGMENT + ": No space left on device",
        "PANIC|could not write to log segment " + SEGMENT + AT + "8192: No space left on device",
        "PANIC|could not write to WAL segment " + SEGMENT + AT + "8192: No space left on device",
      })
  void shouldHearThatThereIsNoSpace(String message) {
    assertOnly(message, LogEvent.WalOutOfSpace.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERROR|requested WAL segment " + SEGMENT + " has already been removed"})
  void shouldHearOfAMissingSegment(String message) {
    assertOnly(message, LogEvent.WalSegmentMissing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DEBUG1|archived write-ahead log file \"" + SEGMENT + "\"",
        "DEBUG1|archived transaction log file \"" + SEGMENT + "\"",
        "WARNING|removal of orphan archive status file "
            + READY
            + " failed too many times, will try again later",
        "LOG|restarting archiver process because value of \"archive_library\" was changed",
        "WARNING|could not rename file " + READY + " to \"x\": No space left on device",
        "LOG|could not create archive status file " + READY + ": No space left on device",
        "LOG|could not write archive status file " + READY + ": No space left on device",
        "ERROR|could not write to file \"pg_wal/xlogtemp.4711\": No space left on device",
        "PANIC|could not fsync file \"pg_wal/" + SEGMENT + "\": Input/output error",
        "LOG|archiver process (PID 5) exited with exit code 1",
        "DEBUG1|archiver process shutting down",
        "LOG|could not fork archiver: Cannot allocate memory",
        "LOG|restored log file \"" + SEGMENT + "\" from archive",
        "LOG|checkpoint complete: wrote 3 buffers (0.0%); 0 WAL file(s) added, 1 removed",
      })
  void shouldMakeNothingOfTheOthers(String message) {
    for (String framing : new String[] {"stderr", "csvlog"}) {
      assertThat(read(framing, message).events()).as(framing).isEmpty();
      assertThat(read(framing, message).rejections()).as(framing).isEmpty();
    }
  }

  private static void assertOnly(String message, Class<? extends LogEvent> type) {
    for (String framing : new String[] {"stderr", "csvlog"}) {
      Found found = read(framing, message);
      assertThat(found.events()).as(framing).hasSize(1);
      assertThat(found.events()).as(framing).hasOnlyElementsOfType(type);
    }
  }

  private static Found read(String framing, String message) {
    String[] parts = message.split("\\|", -1);
    String text = framing.equals("stderr") ? stderr(parts) : csv(parts);
    return Golden.readText(
        text, new PipelineOptions(framing, "%m [%p] %q%u@%d ", null, Set.of(), true));
  }

  private static String stderr(String[] parts) {
    String head = "2026-11-22 09:06:37.476 UTC [5] ";
    String detail = parts.length > 2 ? head + "DETAIL:  " + parts[2] + "\n" : "";
    return head + parts[0] + ":  " + parts[1] + "\n" + detail;
  }

  private static String csv(String[] parts) {
    String state =
        switch (parts[0]) {
          case "FATAL", "ERROR" -> "XX000";
          case "WARNING" -> "01000";
          case "PANIC" -> "53100";
          default -> "00000";
        };
    String detail = parts.length > 2 ? quoted(parts[2]) : "";
    return "2026-11-22 09:06:37.476 UTC,,,5,,6b02b0ca.5,1,,2026-11-22 09:06:22 UTC,,0,"
        + parts[0]
        + ","
        + state
        + ","
        + quoted(parts[1])
        + ","
        + detail
        + ",,,,,,,,\"\",\"archiver\",,0\n";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
