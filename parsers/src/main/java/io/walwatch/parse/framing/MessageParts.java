/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord.Writer;

/** What the lines behind the first one are to a message: its parts, or the next message. */
final class MessageParts {
  private final ServerMessage message;
  private final PrefixMatch match;
  private final Trust trust;

  /**
   * @param message the one that is open
   * @param match of the line that is asked for
   */
  MessageParts(ServerMessage message, PrefixMatch match, Trust trust) {
    this.message = message;
    this.match = match;
    this.trust = trust;
  }

  /**
   * Whether a line with a translated word is the next message of the process and not a part of the
   * open one. Parts have their message's time to the digit, and the first part is the detail.
   */
  boolean isNext(ByteSlice text, ByteSlice outerTime) {
    return !message.hasTime(match.time.isEmpty() ? outerTime : match.time)
        || message.hasSeverity(text, match.severity.start(), match.severity.wordEnd())
        || (!message.detail.isEmpty()
            && QuotedWalFile.isOnlyNumberIn(text, match.severity.textStart()));
  }

  /** Adds the line as what its word says. */
  void add(ByteSlice text, int end) {
    int textStart = Math.min(match.severity.textStart(), end);
    switch (match.role) {
      case DETAIL -> set(message.detail, text, textStart, end);
      case CONTEXT -> set(message.context, text, textStart, end);
      case STATEMENT -> set(message.statement, text, textStart, end);
      case TRANSLATED ->
          set(message.detail.isEmpty() ? message.detail : message.context, text, textStart, end);
      default -> message.skipPart();
    }
  }

  /** A record has each part once, and nothing that follows takes one away. */
  private void set(ServerMessage.Part part, ByteSlice text, int textStart, int end) {
    if (part.isEmpty()) {
      message.set(part, text, textStart, end);
      return;
    }
    message.skipPart();
    if (trust.isLater() && match.role != Severity.Role.TRANSLATED) {
      message.writtenBy(Writer.SESSION);
    }
  }
}
