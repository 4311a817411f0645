/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the messages begin that matter, in the C locale; taken from the binaries of 9.6 to 18
 * (pgarch.c, shell_archive.c, xlog.c, xlogfuncs.c, walreceiver.c, postmaster.c).
 */
enum Words {
  FAILED_EXIT(Speaker.ARCHIVER, "archive command failed with exit code "),
  FAILED_SIGNAL(Speaker.ARCHIVER, "archive command was terminated by signal "),
  FAILED_EXCEPTION(Speaker.ARCHIVER, "archive command was terminated by exception 0x"),
  FAILED_STATUS(Speaker.ARCHIVER, "archive command exited with unrecognized status "),
  FAILED_BOTH_SET(Speaker.ARCHIVER, "both archive_command and archive_library set"),
  FAILED_BOTH_SET_QUOTED(Speaker.ARCHIVER, "both \"archive_command\" and \"archive_library\" set"),
  FAILED_FILE_EXISTS(Speaker.ARCHIVER, "archive file \""),
  GAVE_UP(Speaker.ARCHIVER, "archiving write-ahead log file \""),
  GAVE_UP_9_6(Speaker.ARCHIVER, "archiving transaction log file \""),
  NOT_CONFIGURED(Speaker.ARCHIVER, "archive_mode enabled, yet "),
  NOT_CONFIGURED_17(Speaker.ARCHIVER, "\"archive_mode\" enabled, yet "),
  ORPHAN(Speaker.ARCHIVER, "removed orphan archive status file \""),
  ORPHAN_STAYS(Speaker.ARCHIVER, "removal of orphan archive status file \""),
  NOT_RENAMED(Speaker.ARCHIVER, "could not rename file \""),
  SEGMENT_MISSING(Speaker.ANYONE, "requested WAL segment "),
  OUT_OF_SPACE(Speaker.ANYONE, "could not write to file \"pg_"),
  OUT_OF_SPACE_OPEN(Speaker.ANYONE, "could not create file \"pg_"),
  /** Where the blocks of a file that exists are given out late: thin volumes, ZFS, NFS. */
  OUT_OF_SPACE_WRITE(Speaker.ANYONE, "could not write to log file "),
  OUT_OF_SPACE_SYNC(Speaker.ANYONE, "could not fsync file \"pg_"),
  OUT_OF_SPACE_FDATASYNC(Speaker.ANYONE, "could not fdatasync file \"pg_"),
  OUT_OF_SPACE_SYNC_9_6(Speaker.ANYONE, "could not fsync log "),
  OUT_OF_SPACE_FDATASYNC_9_6(Speaker.ANYONE, "could not fdatasync log "),
  /** A standby's walreceiver, up to 15 and from 16 on. */
  OUT_OF_SPACE_RECEIVED(Speaker.ANYONE, "could not write to log segment "),
  OUT_OF_SPACE_RECEIVED_16(Speaker.ANYONE, "could not write to WAL segment "),
  STOP_WAIT(Speaker.ANYONE, "still waiting for all required WAL segments to be archived ("),
  STOP_WAIT_11(
      Speaker.ANYONE,
      "pg_stop_backup still waiting for all required WAL segments to be archived ("),
  STARTED(Speaker.SERVER, "starting PostgreSQL "),
  READY(Speaker.SERVER, "database system is ready to accept "),
  STANDBY(Speaker.SERVER, "entering standby mode"),
  ARCHIVE_RECOVERY(Speaker.SERVER, "starting archive recovery"),
  POINT_IN_TIME(Speaker.SERVER, "starting point-in-time recovery"),
  CRASH_RECOVERY(
      Speaker.SERVER, "database system was not properly shut down; automatic recovery in progress"),
  PROMOTED(Speaker.SERVER, "archive recovery complete"),
  SHUTDOWN(Speaker.SERVER, "database system is shut down"),
  CRASHED(Speaker.SERVER, "terminating any other active server processes");

  /** Who says such a thing. */
  enum Speaker {
    ARCHIVER,
    /** The postmaster or the startup process. */
    SERVER,
    /** Sessions too: a walsender, one that ends a base backup, one that ran out of space. */
    ANYONE
  }

  private static final Words[][] BY_FIRST = byFirst();

  private final Speaker speaker;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out.
  private final byte[] bytes;

  Words(Speaker speaker, String text) {
    this.speaker = speaker;
    bytes = Ascii.bytes(text);
  }

  Speaker speaker() {
    return speaker;
  }

  int length() {
    return bytes.length;
  }

  /** Whether the server never says this without a detail, so that one that lacks it is forged. */
  boolean alwaysHasDetail() {
    return switch (this) {
      case FAILED_EXIT, FAILED_SIGNAL, FAILED_EXCEPTION, FAILED_STATUS -> true;
      case FAILED_BOTH_SET, FAILED_BOTH_SET_QUOTED -> true;
      default -> false;
    };
  }

  /** The one that the message begins with, or null. */
  static @Nullable Words of(ByteSlice message) {
    byte first = message.isEmpty() ? 0 : message.byteAt(0);
    if (first <= 0) {
      return null;
    }
    for (Words words : BY_FIRST[first]) {
      if (message.startsWith(words.bytes)) {
        return words;
      }
    }
    return null;
  }

  /** Whether one of them begins with these bytes. */
  static boolean mayBeginWith(ByteSlice beginning) {
    byte[] wanted = beginning.copy();
    for (Words words : values()) {
      int length = Math.min(wanted.length, words.bytes.length);
      if (Arrays.equals(wanted, 0, length, words.bytes, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private static Words[][] byFirst() {
    Words[][] table = new Words[128][];
    for (int i = 0; i < table.length; i++) {
      int first = i;
      table[i] =
          Arrays.stream(values()).filter(words -> words.bytes[0] == first).toArray(Words[]::new);
    }
    return table;
  }
}
