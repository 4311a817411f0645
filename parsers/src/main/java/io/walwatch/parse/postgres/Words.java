/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import org.jspecify.annotations.Nullable;

/**
 * How the messages begin that matter, in the C locale; taken from the binaries of 9.6 to 18
 * (pgarch.c, shell_archive.c, xlog.c, xlogfuncs.c, postmaster.c).
 */
enum Words {
  FAILED_EXIT("archive command failed with exit code "),
  FAILED_SIGNAL("archive command was terminated by signal "),
  FAILED_EXCEPTION("archive command was terminated by exception 0x"),
  FAILED_STATUS("archive command exited with unrecognized status "),
  FAILED_BOTH_SET("both archive_command and archive_library set"),
  FAILED_BOTH_SET_QUOTED("both \"archive_command\" and \"archive_library\" set"),
  FAILED_FILE_EXISTS("archive file \""),
  GAVE_UP("archiving write-ahead log file \""),
  GAVE_UP_9_6("archiving transaction log file \""),
  NOT_CONFIGURED("archive_mode enabled, yet "),
  NOT_CONFIGURED_17("\"archive_mode\" enabled, yet "),
  ORPHAN("removed orphan archive status file \""),
  SEGMENT_MISSING("requested WAL segment "),
  OUT_OF_SPACE("could not write to file \"pg_"),
  STOP_WAIT("still waiting for all required WAL segments to be archived ("),
  STOP_WAIT_11("pg_stop_backup still waiting for all required WAL segments to be archived ("),
  STARTED("starting PostgreSQL "),
  READY("database system is ready to accept "),
  STANDBY("entering standby mode"),
  ARCHIVE_RECOVERY("starting archive recovery"),
  POINT_IN_TIME("starting point-in-time recovery"),
  CRASH_RECOVERY("database system was not properly shut down; automatic recovery in progress"),
  PROMOTED("archive recovery complete"),
  SHUTDOWN("database system is shut down"),
  CRASHED("terminating any other active server processes");

  private static final Words[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final byte[] bytes;

  Words(String text) {
    bytes = Ascii.bytes(text);
  }

  int length() {
    return bytes.length;
  }

  /** The one that the message begins with, or null. */
  static @Nullable Words of(ByteSlice message) {
    if (message.isEmpty() || !mayBegin(message.byteAt(0))) {
      return null;
    }
    for (Words words : ALL) {
      if (message.startsWith(words.bytes)) {
        return words;
      }
    }
    return null;
  }

  private static boolean mayBegin(byte first) {
    return switch (first) {
      case 'a', 'b', 'c', 'd', 'e', 'p', 'r', 's', 't', '"' -> true;
      default -> false;
    };
  }
}
