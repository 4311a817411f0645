/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Framer.RecordHandler;
import io.walwatch.parse.LogRecord;

/** Asks what another handler would be asked, and keeps all that it would be told from it. */
record Unreported(RecordHandler asked) implements RecordHandler {
  @Override
  public boolean mayMatter(LogRecord head) {
    return asked.mayMatter(head);
  }

  @Override
  public boolean ignoresAll(LogRecord beginning) {
    return asked.ignoresAll(beginning);
  }

  @Override
  public void record(LogRecord record) {}

  @Override
  public void malformed(String framing, String reason, long offsetBytes) {}
}
