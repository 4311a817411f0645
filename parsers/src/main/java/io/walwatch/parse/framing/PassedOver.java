/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogRecord.Writer;

/** Which messages the parsers have said to ignore, by severity, writer and how they begin. */
final class PassedOver {
  private final Beginnings beginnings = new Beginnings();
  private final MessageHead head = new MessageHead();

  /** Whether the message that a glance has found is one of them. */
  boolean isIgnored(Line line, Glance glance, boolean tellsUser, Framer.RecordHandler handler) {
    ByteSlice text = line.text();
    int from = glance.beginning().textStart();
    if (from + Beginning.TEXT_BYTES > text.length()) {
      return false;
    }
    Writer writer =
        glance.isSession() ? Writer.SESSION : tellsUser ? Writer.SERVER : Writer.UNKNOWN;
    long key = Longs.at(text.array(), text.start() + from);
    int kind = kind(text.byteAt(glance.beginning().wordStart()), writer);
    return switch (beginnings.of(key, kind)) {
      case IGNORED -> true;
      case MAY_MATTER -> false;
      case NOT_ASKED -> ask(line, glance, writer, key, kind, handler);
    };
  }

  /** The words that are known at a glance differ in their first letter. */
  private static int kind(byte letter, Writer writer) {
    int code =
        switch (writer) {
          case SESSION -> 1;
          case SERVER -> 2;
          default -> 3;
        };
    return letter * 4 + code;
  }

  private boolean ask(
      Line line, Glance glance, Writer writer, long key, int kind, Framer.RecordHandler handler) {
    Beginning beginning = glance.beginning();
    int from = beginning.textStart();
    head.wrap(line.offsetBytes(), glance.pid(), writer)
        .wrapText(
            line.text(),
            beginning.wordStart(),
            beginning.wordEnd(),
            from,
            from + Beginning.TEXT_BYTES);
    boolean ignored = handler.ignoresAll(head);
    beginnings.remember(key, kind, ignored);
    return ignored;
  }
}
