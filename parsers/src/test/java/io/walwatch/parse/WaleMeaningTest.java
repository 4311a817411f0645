/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.PushState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WAL-E's values are neither quoted nor escaped. */
final class WaleMeaningTest {
  private static final String SEG = "000000010000000000000001";
  private static final String TIME = "time=2026-11-22T09:06:39.400657-00 pid=5579";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/prod/|prod/",
        "s3://b/|",
        "s3://b/my db=1/|my db=1/",
        "s3://b/a seg=x state=begin/|a seg=x state=begin/",
        "s3://b/a prefix=b rate=7/|a prefix=b rate=7/",
        "gs://bucket/x/|x/",
        "swift://container/x/|x/",
        "wabs://container/|",
        "file://localhost/srv/backups/|srv/backups/"
      })
  void shouldReadEveryStoreAndPrefix(String storeAndPrefix) {
    String store = storeAndPrefix.substring(0, storeAndPrefix.indexOf('|'));
    String prefix = storeAndPrefix.substring(storeAndPrefix.indexOf('|') + 1);
    String key = store + "wal_005/" + SEG + ".lzo";

    LogEvent.Push push = push(key, prefix, "rate=47215.4 ", SEG, "complete");

    assertThat(push.store()).isEqualTo(key);
    assertThat(push.file().name()).isEqualTo(SEG);
    assertThat(push.state()).isEqualTo(PushState.COMPLETE);
    assertThat(push.rateBytesPerSecond()).isEqualTo(47215.4 * 1024);
  }

  @Test
  void shouldReadRatesAsPythonWritesThem() {
    assertThat(rate("1.23457e+06")).isEqualTo(1_234_570.0 * 1024);
    assertThat(rate("62442")).isEqualTo(62442.0 * 1024);
    assertThat(rate("NaN")).isNull();
    assertThat(rate("inf")).isNull();
  }

  @Test
  void shouldReadEveryKindOfFile() {
    for (String name :
        List.of(SEG, "00000002.history", SEG + ".00000028.backup", SEG + ".partial")) {
      String key = "s3://b/wal_005/" + name + ".lzo";
      assertThat(push(key, "", "", name, "skip").file().name()).isEqualTo(name);
    }
  }

  @Test
  void shouldCountARecordOnceThoughPythonRepeatsIt() {
    Found found =
        Golden.readText(
            record("INFO", TIME + action("s3://b/wal_005/" + SEG + ".lzo", "", "", SEG, "begin"))
                + """
                --- Logging error ---
                Traceback (most recent call last):
                  File "/usr/lib/python3.11/logging/handlers.py", line 994, in emit
                    self.socket.sendto(msg, self.address)
                FileNotFoundError: [Errno 2] No such file or directory
                Call stack:
                  File "/opt/wal-e/bin/wal-e", line 8, in <module>
                    sys.exit(main())
                Message: 'MSG: begin archiving a file\\nSTRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579 action=push-wal key=s3://b/wal_005/000000010000000000000001.lzo prefix= seg=000000010000000000000001 state=begin'
                Arguments: ()
                """);

    assertThat(found.events()).hasSize(1);
    assertThat(found.rejected())
        .isEqualTo(Map.of("DUPLICATE wal-e: repeated by a logging error of Python", 1));
  }

  /** Python's repr() takes double quotes where the text holds an apostrophe. */
  @Test
  void shouldKnowARepeatedRecordThatHoldsAnApostrophe() {
    Found found =
        Golden.readText(
            """
            --- Logging error ---
            Message: "MSG: could not read the server's file\\nSTRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579"
            Arguments: ()
            """);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected())
        .isEqualTo(Map.of("DUPLICATE wal-e: repeated by a logging error of Python", 1));
  }

  @Test
  void shouldSayWhyARecordIsNotUnderstood() {
    assertRejected("time=yesterday pid=1", "bad STRUCTURED line");
    assertRejected("pid=1", "bad STRUCTURED line");
    String key = "s3://b/wal_005/" + SEG + ".lzo";
    assertRejected(TIME + action(key, "", "", "x", "begin"), "bad file name");
    assertRejected(TIME + action("s3://b/other", "", "", SEG, "begin"), "bad STRUCTURED line");
    assertRejected(TIME + action(key, "", "", SEG, "gone"), "unknown state");
    assertRejected(
        TIME + action(key, "", "", SEG, "begin").replace("push-wal", "eat-wal"), "unknown action");
  }

  @Test
  void shouldSayThatARecordWasBrokenOff() {
    Found found =
        Golden.readText("wal_e.main   ERROR    MSG: x\nsomebody else\n        STRUCTURED: y\n");

    assertThat(found.rejected())
        .isEqualTo(
            Map.of(
                "MALFORMED wal-e: record broken off",
                1,
                "FORGED wal-e: end of a record that nobody began",
                1));
  }

  @Test
  void shouldLeaveALineThatQuotesARecordToTheArchiverWhoseLineItIs() {
    Found found =
        Golden.readText(
            "ERROR: [103]: wal_e.main   ERROR    MSG: x\n        STRUCTURED: "
                + TIME.strip()
                + "\n");

    assertThat(found.events())
        .singleElement()
        .isInstanceOfSatisfying(
            LogEvent.Message.class,
            message -> assertThat(message.archiver()).isEqualTo("pgbackrest"));
    assertThat(found.rejected())
        .isEqualTo(Map.of("FORGED wal-e: end of a record that nobody began", 1));
  }

  @Test
  void shouldTellRetries() {
    Found found =
        Golden.readText(
            "wal_e.retries WARNING  MSG: retrying after encountering exception\n"
                + "        STRUCTURED: "
                + TIME
                + "\n");

    assertThat(found.all(LogEvent.Message.class))
        .extracting(LogEvent.Message::retry)
        .containsExactly(true);
  }

  private static void assertRejected(String structured, String reason) {
    Found found = Golden.readText(record("INFO", structured));
    assertThat(found.events()).as(structured).isEmpty();
    assertThat(found.rejected()).isEqualTo(Map.of("MALFORMED wal-e: " + reason, 1));
  }

  private static @Nullable Double rate(String text) {
    return push("s3://b/wal_005/" + SEG + ".lzo", "", "rate=" + text + " ", SEG, "complete")
        .rateBytesPerSecond();
  }

  private static LogEvent.Push push(
      String key, String prefix, String rate, String seg, String state) {
    Found found = Golden.readText(record("INFO", TIME + action(key, prefix, rate, seg, state)));
    assertThat(found.rejections()).isEmpty();
    return found.all(LogEvent.Push.class).get(0);
  }

  private static String action(String key, String prefix, String rate, String seg, String state) {
    return " action=push-wal key="
        + key
        + " prefix="
        + prefix
        + " "
        + rate
        + "seg="
        + seg
        + " state="
        + state;
  }

  private static String record(String level, String structured) {
    return "wal_e.worker.upload "
        + level
        + "     MSG: begin archiving a file\n        STRUCTURED: "
        + structured
        + "\n";
  }
}
