/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.tail.JournalExport.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stays of an entry in memory. */
final class JournalExportTest {
  private final List<Entry> entries = new ArrayList<>();
  private final JournalExport export = new JournalExport(entries::add);

  @Test
  void shouldKeepTheFieldsThatAreUsedOnly() {
    StringBuilder text = new StringBuilder("__CURSOR=s=1\n");
    for (int i = 0; i < 1_000; i++) {
      text.append("EXTRA_").append(i).append('=').append("x".repeat(1_000)).append('\n');
    }
    text.append("_PID=77\n_HOSTNAME=").append("h".repeat(100_000)).append("\nMESSAGE=hello\n\n");

    export.accept(text.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(entries).hasSize(1);
    Entry entry = entries.get(0);
    assertThat(entry.fields()).containsOnlyKeys("__CURSOR", "_PID", "_HOSTNAME", "MESSAGE");
    assertThat(entry.text("MESSAGE")).isEqualTo("hello");
    assertThat(entry.text("_HOSTNAME")).isEqualTo("h".repeat(4_096));
  }

  @Test
  void shouldCutAMessageThatIsTooLong() {
    String long1 = "m".repeat(JournalExport.MAX_MESSAGE_BYTES + 10);

    export.accept(("MESSAGE=" + long1 + "\n_PID=1\n\n").getBytes(StandardCharsets.UTF_8));

    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).bytes("MESSAGE").length)
        .isBetween(JournalExport.MAX_MESSAGE_BYTES - 10, JournalExport.MAX_MESSAGE_BYTES);
    assertThat(entries.get(0).text("_PID")).isEqualTo("1");
  }
}
