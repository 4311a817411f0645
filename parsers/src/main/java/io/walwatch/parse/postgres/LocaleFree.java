/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.ServerTurn;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.postgres.Sentence.Attempt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the archiver says in another language, by what no translation changes: numbers, names of
 * files and settings, SQLSTATE, the order of the parts.
 *
 * <ul>
 *   <li>A detail that tells a command with a WAL file: an attempt failed. With a colon behind the
 *       number (and what libc calls the signal) it was a signal, which is FATAL, as are exit codes
 *       above 125, and no others (pgarch.c).
 *   <li>A warning with a WAL file in quotation marks: gave up. With one path into archive_status:
 *       an orphan was removed, or (with the same structure, and taken for it) could not be. Any
 *       client can have a warning that names an object of it so: it is believed only from who
 *       serves no client, or has failed at that file (at any, for an orphan) before.
 *   <li>A warning that begins with the word archive_mode and has no quotation marks: not
 *       configured. So is one of the archiver that names nothing at all, since some languages
 *       translate the word.
 *   <li>A LOG message that holds the server's version as configure wrote it ({@code
 *       PG_VERSION_STR}, which has no translation): started. The other turns of a server's life say
 *       nothing that stays the same in every language.
 *   <li>An error or any other FATAL of the archiver, where the framing shows that it is the
 *       archiver's: a module failed.
 * </ul>
 *
 * <p>Some languages translate LOG and WARNING too. Where the framing has no SQLSTATE either, a
 * client's error looks like the archiver's words, and its STATEMENT like a DETAIL. Then a failed
 * attempt is believed only from a process that serves no client.
 */
final class LocaleFree {
  private static final byte[] FATAL = Ascii.bytes("FATAL");
  private static final byte[] ERROR = Ascii.bytes("ERROR");
  private static final byte[] ARCHIVE_MODE = Ascii.bytes("archive_mode");
  private static final byte[] ARCHIVE_STATUS = Ascii.bytes("/archive_status/");
  private static final byte[] PRODUCT = Ascii.bytes("PostgreSQL ");
  private static final Pattern NOT_CONFIGURED =
      Pattern.compile("archive_mode(?![!-+\\--~]).*", Pattern.DOTALL);

  /** English severities that the archiver does not use for what matters, unless it is a module. */
  private static final byte[][] OTHER_SEVERITIES = {
    ERROR, Ascii.bytes("INFO"), Ascii.bytes("NOTICE"), Ascii.bytes("PANIC"), Ascii.bytes("DEBUG")
  };

  /**
   * How the many messages begin that a busy server writes in English. Eight bytes of each, so that
   * these are enough to know them by.
   */
  private static final byte[][] NOISE = {
    Ascii.bytes("statemen"), Ascii.bytes("duration"), Ascii.bytes("connecti"),
    Ascii.bytes("disconne"), Ascii.bytes("checkpoi"), Ascii.bytes("restartp"),
    Ascii.bytes("automati"), Ascii.bytes("execute "), Ascii.bytes("temporar"),
    Ascii.bytes("process "), Ascii.bytes("paramete"), Ascii.bytes("restored")
  };

  private LocaleFree() {}

  static boolean mayMatter(LogRecord head) {
    if (head.writer() == Writer.ARCHIVER) {
      return true;
    }
    if (head.writer() == Writer.SESSION) {
      return false;
    }
    if (head.writer() == Writer.OTHER_PROCESS) {
      return productEnd(head.message()) > 0;
    }
    if (isNoise(head.message())) {
      return false;
    }
    for (byte[] severity : OTHER_SEVERITIES) {
      if (head.severity().startsWith(severity)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNoise(ByteSlice message) {
    for (byte[] noise : NOISE) {
      if (message.startsWith(noise)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a message says, or null.
   *
   * @param failedBefore the file at which its process failed last, or null if none is known
   */
  static @Nullable LogEvent read(LogRecord record, @Nullable WalFile failedBefore) {
    Level level = Level.of(record);
    if (!record.detail().isEmpty() && mayBeFailure(record, level)) {
      WalFile file = WalFileFinder.last(record.detail());
      LogEvent failed = file == null ? null : failed(record, level);
      if (failed != null) {
        return failed;
      }
    }
    if (level == Level.WARNING || level == Level.UNKNOWN) {
      return warning(record, level, failedBefore);
    }
    if (level == Level.LOG
        && productEnd(record.message()) > 0
        && Sentence.isStart(record.message().toString())) {
      return new LogEvent.Server(record.at(), ServerTurn.STARTED);
    }
    return record.writer() == Writer.ARCHIVER ? module(record) : null;
  }

  /** Whether a message that has no detail yet would be a failed attempt with one. */
  static boolean isAttempt(LogRecord record) {
    return mayBeFailure(record, Level.of(record))
        && Sentence.attempt(record.message().toString()) != null;
  }

  private static boolean mayBeFailure(LogRecord record, Level level) {
    return level == Level.LOG
        || level == Level.FATAL
        || (level == Level.UNKNOWN && record.writer() != Writer.UNKNOWN);
  }

  /** Where the major version behind the product's name ends, or -1. */
  private static int productEnd(ByteSlice message) {
    int name = message.indexOf(PRODUCT, 0);
    int version = name + PRODUCT.length;
    int end = name < 0 ? version : Ascii.digitsEnd(message, version);
    return end > version ? end : -1;
  }

  private static @Nullable LogEvent failed(LogRecord record, Level level) {
    Attempt attempt = Sentence.attempt(record.message().toString());
    String command = Sentence.command(record.detail().toString());
    WalFile file = command == null ? null : WalFileFinder.last(command);
    if (attempt == null || file == null) {
      return null;
    }
    boolean fatal = Level.isFatalAttempt(attempt.signal(), attempt.code());
    if (level != Level.UNKNOWN && fatal != (level == Level.FATAL)) {
      return null;
    }
    return new LogEvent.ArchiveCommandFailed(
        record.at(),
        fatal ? FailureSeverity.FATAL : FailureSeverity.LOG,
        attempt.signal() ? FailureCause.SIGNAL : FailureCause.EXIT,
        attempt.code(),
        file,
        command);
  }

  private static @Nullable LogEvent warning(
      LogRecord record, Level level, @Nullable WalFile failedBefore) {
    boolean certain = level == Level.WARNING || record.writer() == Writer.ARCHIVER;
    boolean clientless = record.writer() != Writer.UNKNOWN;
    if (record.message().contains(ARCHIVE_STATUS)) {
      return clientless || (certain && failedBefore != null) ? orphan(record) : null;
    }
    WalFile file = WalFileFinder.last(record.message());
    if (file != null) {
      return isQuoted(record.message().toString(), file.name())
              && ((certain && clientless) || file.equals(failedBefore))
          ? new LogEvent.ArchiveCommandGaveUp(record.at(), file)
          : null;
    }
    return isNotConfigured(record) ? new LogEvent.ArchiveNotConfigured(record.at()) : null;
  }

  private static boolean isNotConfigured(LogRecord record) {
    boolean named = record.message().contains(ARCHIVE_MODE);
    if (record.writer() == Writer.ARCHIVER) {
      return named || saysNothingElse(record.message().toString());
    }
    if (!named) {
      return false;
    }
    String message = record.message().toString();
    return NOT_CONFIGURED.matcher(message).matches()
        && !Sentence.hasMarks(message)
        && record.detail().isEmpty();
  }

  /** One path, and nothing behind it: no second one to rename to, and no reason for a failure. */
  private static @Nullable LogEvent orphan(LogRecord record) {
    String message = record.message().toString();
    int at = message.indexOf("/archive_status/");
    boolean one = message.indexOf("/archive_status/", at + 1) < 0;
    boolean reason = record.sqlState().isEmpty() && message.indexOf(": ", at) >= 0;
    WalFile orphan = WalFileFinder.last(message.replace(".ready", " "));
    return orphan == null || !one || reason
        ? null
        : new LogEvent.ArchiveOrphanRemoved(record.at(), orphan);
  }

  private static boolean saysNothingElse(String message) {
    return !Sentence.hasMarks(message)
        && message.chars().noneMatch(c -> (c >= '0' && c <= '9') || c == '/');
  }

  private static boolean isQuoted(String message, String name) {
    int at = message.indexOf(name);
    int end = at + name.length();
    return at > 0
        && end < message.length()
        && isQuotationMark(message.charAt(at - 1))
        && isQuotationMark(message.charAt(end));
  }

  /** U+00A0 and U+202F: French puts a blank of its own inside the marks. */
  private static boolean isQuotationMark(char c) {
    return "\"'«»„“”‚‘’「」『』《》〈〉\u00a0\u202f ".indexOf(c) >= 0;
  }

  private static @Nullable LogEvent module(LogRecord record) {
    boolean error = record.severity().is(ERROR);
    boolean stopped = record.sqlState().startsWith(Ascii.bytes("57"));
    if (stopped || (!error && !record.severity().is(FATAL))) {
      return null;
    }
    return new LogEvent.ArchiveCommandFailed(
        record.at(),
        error ? FailureSeverity.LOG : FailureSeverity.FATAL,
        FailureCause.MODULE,
        null,
        WalFileFinder.last(record.message()),
        null);
  }
}
