/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output of some program at the start of a log does not decide what the rest of it is. */
final class OddFirstLineTest {
  private static final String RETRY = "2026-11-22T09:07:26Z WARN upload: retry\n";

  /** Failures in testdata/wal-e/pg_log, as its README counts them. */
  private static final int FAILURES = 26;

  @ParameterizedTest
  @ValueSource(
      strings = {
        RETRY,
        RETRY + RETRY + RETRY + RETRY + RETRY,
        RETRY + "lzop: something\n" + RETRY,
        "Nov 22 09:07:26 vm archive[815]: retry\n",
        "<13>Nov 22 09:07:26 archive: retry\n"
      })
  void shouldFindAllFailuresBehindIt(String odd) {
    List<LogEvent.ArchiveCommandFailed> failures = new ArrayList<>();
    for (Path path : Golden.files("wal-e/pg_log", "*.log")) {
      Found found = new Found();
      Golden.read(concat(odd, Golden.bytes(path)), PipelineOptions.DEFAULT, found);
      failures.addAll(found.all(LogEvent.ArchiveCommandFailed.class));
    }

    assertThat(failures).hasSize(FAILURES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Nov 22 09:07:26 vm postgres[5]: [1-1] ",
        "Nov 22 09:07:26 vm pg15[5]: [1-1] ",
        "Nov 22 09:07:26 vm pg15[5]: "
      })
  void shouldStayWithSyslogOnceAServerSpeaksThere(String head) {
    String log = "2026-11-22 09:06:37.476 UTC [5] LOG:  archive command failed with exit code 1\n";
    String detail =
        "2026-11-22 09:06:37.476 UTC [5] DETAIL:  The failed archive command was: cp"
            + " pg_wal/000000010000000000000001 /x\n";
    String other = "2026-11-22 09:06:37.476 UTC [5] LOG:  statement: select 1\n";

    Found found = Golden.readText(RETRY + head + other + log + detail);

    assertThat(found.events()).isEmpty();
  }

  private static byte[] concat(String first, byte[] rest) {
    byte[] head = first.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + rest.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }
}
