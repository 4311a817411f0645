/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.LogRecord.Writer;
import java.util.regex.Pattern;

/**
 * What may stand behind a message besides. In another language than English a framing cannot tell
 * DETAIL, CONTEXT and STATEMENT apart by their words, and takes the first for the detail: so a
 * message that never has a detail, and has one, is a function's or a query's.
 */
final class Details {
  private static final byte[] LIBRARY = Ascii.bytes("archive_library");
  private static final byte[] REPLICATION = Ascii.bytes("START_REPLICATION");

  /** 17 and later; of other settings, the modules'. */
  private static final Pattern NOT_SET = Pattern.compile("\"?[a-z_.]{1,63}\"? is not set\\.");

  private Details() {}

  /** Whether a message with these words may have the detail and the statement that it has. */
  static boolean mayBe(Words words, LogRecord record) {
    if (record.writer() == Writer.ARCHIVER || words.alwaysHasDetail()) {
      return true;
    }
    return switch (words) {
      case NOT_CONFIGURED, NOT_CONFIGURED_17 ->
          record.detail().isEmpty() || NOT_SET.matcher(record.detail().toString()).matches();
      case SEGMENT_MISSING -> isReplication(record.detail()) && isReplication(record.statement());
      default -> record.detail().isEmpty();
    };
  }

  /** Whether what may be the detail of a failed attempt is one, and no context of a function. */
  static boolean prove(Words words, LogRecord record) {
    boolean both = words == Words.FAILED_BOTH_SET || words == Words.FAILED_BOTH_SET_QUOTED;
    return both
        ? record.detail().contains(LIBRARY)
        : !record.detail().isEmpty() && Sentence.command(record.detail().toString()) != null;
  }

  private static boolean isReplication(ByteSlice text) {
    return text.isEmpty() || text.startsWith(REPLICATION);
  }
}
