/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.Rejection.Verdict;
import io.walwatch.parse.TextHash;
import io.walwatch.parse.WalFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself says about archiving.
 *
 * <p>A session can log any text (RAISE LOG, with a detail), so the words alone prove nothing. What
 * the archiver and the postmaster say is believed only from a process that serves no client, and
 * never with a CONTEXT or a STATEMENT, which everything has that a query or a function raised. A
 * failed attempt needs its DETAIL besides: where {@code log_error_verbosity=terse} leaves that out,
 * it leaves out the CONTEXT too, and only who wrote it tells then. What sessions do say themselves
 * (a walsender's missing segment, a PANIC, the wait at the end of a base backup) is believed from
 * them, without a CONTEXT.
 */
final class PostgresParser implements LogParser {
  static final String BY_SESSION = "written by a session";
  static final String IN_QUERY = "raised in a query or function";
  static final String BY_OTHER_PROCESS = "written by another process than the archiver";
  static final String NO_PROOF = "no proof that the archiver wrote it";

  private static final Pattern MEMORY = Pattern.compile("([0-9]{1,18}) (.+)");

  private final MessageReader reader = new MessageReader();
  private final TextHash hash = new TextHash();

  /** The attempt that failed last, and whose it was. */
  private @Nullable WalFile failedFile;

  private @Nullable Long failedBy;

  @Override
  public boolean mayMatter(LogRecord head) {
    return head.kind() == LogRecord.Kind.SERVER_MESSAGE
        && (Words.of(head.message()) != null
            || LocaleFree.mayMatter(head)
            || ModuleFailure.mayMatter(head));
  }

  @Override
  public boolean ignoresAll(LogRecord beginning) {
    return beginning.writer() != Writer.OTHER_PROCESS
        && !Words.mayBeginWith(beginning.message())
        && !LocaleFree.mayMatter(beginning);
  }

  @Override
  public boolean awaitsDetail(LogRecord message) {
    if (!message.detail().isEmpty() || message.writer() == Writer.SESSION) {
      return false;
    }
    Words words = Words.of(message.message());
    return words == null ? LocaleFree.isAttempt(message) : words.alwaysHasDetail();
  }

  @Override
  public void accept(LogRecord record, EventSink sink) {
    if (record.kind() != LogRecord.Kind.SERVER_MESSAGE) {
      return;
    }
    Words words = Words.of(record.message());
    LogEvent event = words == null ? null : reader.read(words, record);
    String forged = words == null ? null : forged(words, record);
    LogEvent module = event == null ? ModuleFailure.read(record) : null;
    if (module != null) {
      event = module;
      forged = ModuleFailure.forged(record);
    } else if (words == null && LocaleFree.mayMatter(record)) {
      event = LocaleFree.read(record, lastFailure(record));
      forged = event == null ? null : forged(alike(event), record);
    }
    if (event != null && forged == null) {
      if (event instanceof LogEvent.ArchiveCommandFailed failed) {
        failedFile = failed.file();
        failedBy = record.pid();
      }
      sink.event(
          event,
          new Origin(PostgresProvider.NAME, record.offsetBytes(), hash(record), record.pid()));
    } else if (event != null && forged != null) {
      sink.rejected(
          new Rejection(Verdict.FORGED, PostgresProvider.NAME, forged, record.offsetBytes()));
    } else if (words != null && forged == null) {
      malformed(words, record, sink);
    }
  }

  /** The right words of the right process, and the rest does not fit. */
  private static void malformed(Words words, LogRecord record, EventSink sink) {
    String fault = MessageReader.fault(words, record);
    if (fault != null) {
      sink.rejected(
          new Rejection(Verdict.MALFORMED, PostgresProvider.NAME, fault, record.offsetBytes()));
    }
  }

  /** The file at which the record's process failed last. */
  private @Nullable WalFile lastFailure(LogRecord record) {
    return failedBy != null && failedBy.equals(record.pid()) ? failedFile : null;
  }

  /** Words with the same speaker as an event that was told without words. */
  private static Words alike(LogEvent event) {
    if (event instanceof LogEvent.Server) {
      return Words.STARTED;
    }
    return event instanceof LogEvent.ArchiveCommandFailed ? Words.FAILED_EXIT : Words.GAVE_UP;
  }

  private static @Nullable String forged(Words words, LogRecord record) {
    if (record.message().indexOf((byte) '\n', 0) >= 0) {
      // Each is one line; what goes on is the name of a client in the prefix, or a client's text.
      return BY_SESSION;
    }
    if (!record.context().isEmpty() || !Details.mayBe(words, record)) {
      return IN_QUERY;
    }
    if (words.speaker() == Words.Speaker.ANYONE) {
      return null;
    }
    if (record.writer() == Writer.SESSION) {
      return BY_SESSION;
    }
    if (record.writer() == Writer.OTHER_PROCESS && words.speaker() == Words.Speaker.ARCHIVER) {
      return BY_OTHER_PROCESS;
    }
    if (!record.statement().isEmpty()) {
      return IN_QUERY;
    }
    boolean proved = record.writer() == Writer.ARCHIVER || Details.prove(words, record);
    return words.alwaysHasDetail() && !proved ? NO_PROOF : null;
  }

  private long hash(LogRecord record) {
    hash.reset();
    return hash.addLines(record.message()).addLines(record.detail()).value();
  }

  @Override
  public String memory() {
    return failedFile == null || failedBy == null ? "" : failedBy + " " + failedFile.name();
  }

  @Override
  public void remember(String memory) {
    Matcher words = MEMORY.matcher(memory);
    if (words.matches()) {
      failedBy = Long.valueOf(words.group(1));
      failedFile = WalFile.parse(words.group(2));
    }
  }
}
