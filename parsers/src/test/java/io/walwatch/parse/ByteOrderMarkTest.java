/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text may begin with a mark that says that it is UTF-8. */
final class ByteOrderMarkTest {
  private static final String WALE =
      " MSG: completed archiving to a file#012        STRUCTURED:"
          + " time=2026-11-22T09:03:14.519808-00 pid=29079 action=push-wal"
          + " key=s3://b/p/wal_005/000000010000000000000001.lzo prefix=p/ rate=47215.4"
          + " seg=000000010000000000000001 state=complete";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<134>1 2026-11-22T09:08:09.522311Z db1 wal_e 15983 - - \uFEFFwal_e.worker.upload INFO    ",
        "<134>1 2026-11-22T09:08:09.522311Z db1 wal_e 15983 - [a b=\"c\"] \uFEFFwal_e.main INFO    ",
        "\uFEFF<134>1 2026-11-22T09:08:09.522311Z db1 wal_e.main - - -    INFO    ",
      })
  void shouldReadARecordBehindAMark(String head) {
    assertThat(read(head + WALE + "\n").events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-22 09:06:37.476 UTC [5] ", "Nov 22 09:08:24 vm postgres[5]: [5-1] "})
  void shouldReadAFileThatBeginsWithAMark(String head) {
    String failed =
        "LOG:  archive command failed with exit code 1\n"
            + head.replace("-1]", "-2]")
            + "DETAIL:  The failed archive command was: x\n";

    assertThat(read("\uFEFF" + head + failed).events()).hasSize(1);
  }

  private static Found read(String text) {
    Found found = new Found();
    Golden.read(text.getBytes(StandardCharsets.UTF_8), PipelineOptions.DEFAULT, found);
    return found;
  }
}
