/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/** The first line of a message where it lies: enough to tell that it matters to nobody. */
final class MessageHead extends BareRecord {
  MessageHead wrap(long offsetBytes, long pid, Writer writer) {
    wrote(offsetBytes, pid, writer);
    return this;
  }

  void wrapText(ByteSlice line, int severityStart, int severityEnd, int textStart, int end) {
    severity.wrap(line, severityStart, severityEnd);
    text.wrap(line, textStart, end);
  }

  @Override
  public Kind kind() {
    return Kind.SERVER_MESSAGE;
  }
}
