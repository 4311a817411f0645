/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.ServerTurn;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.WalFile;
import org.jspecify.annotations.Nullable;

/** From a message whose beginning is known to what it says; null when the rest does not fit. */
final class MessageReader {
  private static final byte[] NO_SPACE = Ascii.bytes(": No space left on device");
  private static final byte[] GAVE_UP_END =
      Ascii.bytes("\" failed too many times, will try again later");
  private static final byte[] REMOVED = Ascii.bytes(" has already been removed");
  private static final byte[] ELAPSED = Ascii.bytes(" seconds elapsed)");
  private static final byte[] EXISTS = Ascii.bytes("\" already exists");
  private static final String COMMAND = "The failed archive command was: ";

  private static final byte[] FATAL = Ascii.bytes("FATAL");
  private static final byte[] ERROR = Ascii.bytes("ERROR");
  private static final byte[] PANIC = Ascii.bytes("PANIC");

  static final String BAD_CODE = "no exit code or signal";
  static final String BAD_FILE = "bad file name";
  static final String BAD_NUMBER = "no number of seconds";

  /**
   * Why a message says nothing that begins, ends and weighs like one that is known, or null: other
   * messages may begin with the same words.
   */
  static @Nullable String fault(Words words, LogRecord record) {
    ByteSlice message = record.message();
    return switch (words) {
      case FAILED_EXIT, FAILED_SIGNAL ->
          severity(Level.of(record), false) == null ? null : BAD_CODE;
      case GAVE_UP, GAVE_UP_9_6 ->
          isWarning(record) && message.endsWith(GAVE_UP_END) ? BAD_FILE : null;
      case ORPHAN -> isWarning(record) ? BAD_FILE : null;
      case SEGMENT_MISSING -> is(record, ERROR) && message.endsWith(REMOVED) ? BAD_FILE : null;
      case STOP_WAIT, STOP_WAIT_11 -> isWarning(record) ? BAD_NUMBER : null;
      default -> null;
    };
  }

  @Nullable LogEvent read(Words words, LogRecord record) {
    return switch (words) {
      case FAILED_EXIT, FAILED_SIGNAL, FAILED_EXCEPTION, FAILED_STATUS -> failed(words, record);
      case FAILED_BOTH_SET, FAILED_BOTH_SET_QUOTED -> module(record, FATAL, FailureSeverity.FATAL);
      case FAILED_FILE_EXISTS ->
          record.message().endsWith(EXISTS) ? module(record, ERROR, FailureSeverity.LOG) : null;
      case GAVE_UP, GAVE_UP_9_6 -> gaveUp(words, record);
      case NOT_CONFIGURED, NOT_CONFIGURED_17 ->
          isWarning(record) ? new LogEvent.ArchiveNotConfigured(record.at()) : null;
      case ORPHAN -> orphan(record);
      case ORPHAN_STAYS, NOT_RENAMED -> null;
      case SEGMENT_MISSING -> segmentMissing(words, record);
      case OUT_OF_SPACE,
          OUT_OF_SPACE_OPEN,
          OUT_OF_SPACE_WRITE,
          OUT_OF_SPACE_SYNC,
          OUT_OF_SPACE_FDATASYNC,
          OUT_OF_SPACE_SYNC_9_6,
          OUT_OF_SPACE_FDATASYNC_9_6,
          OUT_OF_SPACE_RECEIVED,
          OUT_OF_SPACE_RECEIVED_16 ->
          is(record, PANIC) && record.message().endsWith(NO_SPACE)
              ? new LogEvent.WalOutOfSpace(record.at())
              : null;
      case STOP_WAIT, STOP_WAIT_11 -> stopWait(words, record);
      case STARTED -> turn(record, ServerTurn.STARTED);
      case READY -> turn(record, ServerTurn.READY);
      case STANDBY, ARCHIVE_RECOVERY, POINT_IN_TIME, CRASH_RECOVERY ->
          turn(record, ServerTurn.RECOVERY);
      case PROMOTED -> turn(record, ServerTurn.PROMOTED);
      case SHUTDOWN -> turn(record, ServerTurn.SHUTDOWN);
      case CRASHED -> turn(record, ServerTurn.CRASHED);
    };
  }

  private static @Nullable LogEvent failed(Words words, LogRecord record) {
    ByteSlice message = record.message();
    int end = Ascii.digitsEnd(message, words.length());
    boolean fits =
        switch (words) {
          case FAILED_SIGNAL -> end == message.length() || message.byteAt(end) == ':';
          case FAILED_EXCEPTION -> true;
          default -> end == message.length();
        };
    if (!fits) {
      return null;
    }
    boolean signal = words == Words.FAILED_SIGNAL || words == Words.FAILED_EXCEPTION;
    boolean coded = words == Words.FAILED_SIGNAL || words == Words.FAILED_EXIT;
    long code = coded ? Ascii.number(message, words.length(), end) : -1;
    if (coded && (code < 0 || code > 255)) {
      return null;
    }
    FailureSeverity severity = severity(Level.of(record), Level.isFatalAttempt(signal, code));
    if (severity == null) {
      return null;
    }
    String detail = record.detail().toString();
    return new LogEvent.ArchiveCommandFailed(
        record.at(),
        severity,
        signal ? FailureCause.SIGNAL : FailureCause.EXIT,
        coded ? (int) code : null,
        WalFileFinder.last(detail),
        detail.startsWith(COMMAND) ? detail.substring(COMMAND.length()) : null);
  }

  private static @Nullable LogEvent module(
      LogRecord record, byte[] wanted, FailureSeverity severity) {
    if (!is(record, wanted)) {
      return null;
    }
    WalFile file = WalFileFinder.last(record.message().toString());
    return new LogEvent.ArchiveCommandFailed(
        record.at(), severity, FailureCause.MODULE, null, file, null);
  }

  private static @Nullable LogEvent gaveUp(Words words, LogRecord record) {
    ByteSlice message = record.message();
    if (!isWarning(record) || !message.endsWith(GAVE_UP_END)) {
      return null;
    }
    int end = Math.max(words.length(), message.length() - GAVE_UP_END.length);
    WalFile file = WalFile.parse(message.substring(words.length(), end));
    return file == null ? null : new LogEvent.ArchiveCommandGaveUp(record.at(), file);
  }

  private static @Nullable LogEvent orphan(LogRecord record) {
    if (!isWarning(record)) {
      return null;
    }
    WalFile file = WalFileFinder.last(record.message().toString().replace(".ready\"", ""));
    return file == null ? null : new LogEvent.ArchiveOrphanRemoved(record.at(), file);
  }

  private static @Nullable LogEvent segmentMissing(Words words, LogRecord record) {
    ByteSlice message = record.message();
    if (!is(record, ERROR) || !message.endsWith(REMOVED)) {
      return null;
    }
    int end = Math.max(words.length(), message.length() - REMOVED.length);
    WalFile file = WalFile.parse(message.substring(words.length(), end));
    return file == null ? null : new LogEvent.WalSegmentMissing(record.at(), file);
  }

  private static @Nullable LogEvent stopWait(Words words, LogRecord record) {
    ByteSlice message = record.message();
    int end = Ascii.digitsEnd(message, words.length());
    long seconds = Ascii.number(message, words.length(), end);
    boolean fits = isWarning(record) && seconds >= 0 && message.startsWith(ELAPSED, end);
    return fits ? new LogEvent.BackupStopWait(record.at(), seconds) : null;
  }

  private static @Nullable LogEvent turn(LogRecord record, ServerTurn turn) {
    return Level.of(record) == Level.LOG ? new LogEvent.Server(record.at(), turn) : null;
  }

  /** Where a translation hides it, by what happened. */
  private static @Nullable FailureSeverity severity(Level level, boolean grave) {
    return switch (level) {
      case LOG -> FailureSeverity.LOG;
      case FATAL -> FailureSeverity.FATAL;
      case UNKNOWN -> grave ? FailureSeverity.FATAL : FailureSeverity.LOG;
      default -> null;
    };
  }

  /** A catalogue may translate the word and not the message. */
  private static boolean isWarning(LogRecord record) {
    Level level = Level.of(record);
    return level == Level.WARNING || level == Level.UNKNOWN;
  }

  private static boolean is(LogRecord record, byte[] severity) {
    return record.severity().is(severity);
  }
}
