/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/** A line of a program other than the server; points at the bytes it was given. */
final class OutputLine extends BareRecord {
  OutputLine wrap(ByteSlice line, long offsetBytes, Writer writer) {
    int length = line.length();
    boolean carriageReturn = length > 0 && line.byteAt(length - 1) == '\r';
    text.wrap(line, 0, carriageReturn ? length - 1 : length);
    wrote(offsetBytes, -1, writer);
    return this;
  }

  @Override
  public Kind kind() {
    return Kind.OUTPUT_LINE;
  }
}
