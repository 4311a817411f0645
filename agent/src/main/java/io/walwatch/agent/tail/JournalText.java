/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.JournalExport.Entry;
import java.nio.charset.StandardCharsets;

/**
 * An entry of the journal as one line of the shape that rsyslog writes ({@code
 * 2026-11-22T09:08:24.722726Z host postgres[4711]: message}), control characters as {@code #ooo}.
 */
final class JournalText {
  private JournalText() {}

  static void handOver(Entry entry, Frames frames) {
    frames.append(header(entry));
    frames.append(entry.bytes("MESSAGE"));
    frames.finish();
  }

  private static byte[] header(Entry entry) {
    String identifier = entry.text("SYSLOG_IDENTIFIER");
    String pid = entry.text("_PID").isEmpty() ? entry.text("SYSLOG_PID") : entry.text("_PID");
    String who = identifier.isEmpty() ? entry.text("_COMM") : identifier;
    String text =
        entry.at()
            + " "
            + entry.text("_HOSTNAME")
            + " "
            + who
            + (pid.isEmpty() ? "" : "[" + pid + "]")
            + ": ";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
