/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends early when the output takes nothing more: {@code parse huge.log | head -1}. */
final class WhileWanted extends FilterInputStream {
  private final EventPrinter printer;

  WhileWanted(InputStream in, EventPrinter printer) {
    super(in);
    this.printer = printer;
  }

  @Override
  public int read() throws IOException {
    return printer.isBroken() ? -1 : super.read();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return printer.isBroken() ? -1 : super.read(into, offset, length);
  }
}
