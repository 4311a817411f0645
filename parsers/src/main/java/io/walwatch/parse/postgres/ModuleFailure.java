/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.WalFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an archive_library that failed says in words of its own, so that nobody need have seen the
 * archiver.
 *
 * <ul>
 *   <li>basic_archive names its temporary file by the segment and its own process
 *       (basic_archive.c).
 *   <li>A library that is no archive module (pgarch.c, LoadArchiveLibrary): FATAL, and no session
 *       can raise that.
 *   <li>A library that cannot be loaded is another process's too: a session's, or the postmaster's
 *       before it starts. Where the prefix shows that no client is served it is taken for the
 *       archiver's.
 * </ul>
 */
final class ModuleFailure {
  private static final byte[] ERROR = Ascii.bytes("ERROR");
  private static final byte[] FATAL = Ascii.bytes("FATAL");
  private static final byte[] COULD_NOT = Ascii.bytes("could not ");
  private static final byte[] TEMPORARY = Ascii.bytes("/archtemp.");
  private static final byte[] NO_MODULE = Ascii.bytes("archive modules ");
  private static final byte[] NO_ACCESS = Ascii.bytes("could not access file \"");
  private static final byte[] NOT_LOADED = Ascii.bytes("could not load library \"");
  private static final Pattern TEMPORARY_FILE =
      Pattern.compile(
          "/archtemp\\.([0-9A-F]{24}(?:\\.partial|\\.[0-9A-F]{8}\\.backup)?|[0-9A-F]{8}\\.history)"
              + "\\.([0-9]{1,10})\\.[0-9]{1,20}\"");

  private ModuleFailure() {}

  static boolean mayMatter(LogRecord head) {
    return head.severity().is(ERROR)
        && head.message().startsWith(COULD_NOT)
        && head.message().contains(TEMPORARY);
  }

  /** What a message says, or null. */
  static @Nullable LogEvent read(LogRecord record) {
    if (mayMatter(record)) {
      return temporaryFile(record);
    }
    boolean fatal = record.severity().is(FATAL);
    return fatal && (record.message().startsWith(NO_MODULE) || isLibrary(record))
        ? failed(record, FailureSeverity.FATAL, null)
        : null;
  }

  /** Why a message is not believed, or null. */
  static @Nullable String forged(LogRecord record) {
    return switch (record.writer()) {
      case SESSION -> PostgresParser.BY_SESSION;
      case OTHER_PROCESS -> PostgresParser.BY_OTHER_PROCESS;
      default -> isOwn(record) ? null : PostgresParser.IN_QUERY;
    };
  }

  private static boolean isOwn(LogRecord record) {
    return record.context().isEmpty()
        && record.statement().isEmpty()
        && (record.writer() == Writer.ARCHIVER || record.detail().isEmpty());
  }

  private static @Nullable LogEvent temporaryFile(LogRecord record) {
    Matcher name = TEMPORARY_FILE.matcher(record.message().toString());
    Long pid = record.pid();
    boolean own = name.find() && (pid == null || pid == Long.parseLong(name.group(2)));
    return own ? failed(record, FailureSeverity.LOG, WalFile.parse(name.group(1))) : null;
  }

  private static boolean isLibrary(LogRecord record) {
    return record.writer() == Writer.SERVER
        && (record.message().startsWith(NO_ACCESS) || record.message().startsWith(NOT_LOADED));
  }

  private static LogEvent failed(
      LogRecord record, FailureSeverity severity, @Nullable WalFile file) {
    return new LogEvent.ArchiveCommandFailed(
        record.at(), severity, FailureCause.MODULE, null, file, null);
  }
}
