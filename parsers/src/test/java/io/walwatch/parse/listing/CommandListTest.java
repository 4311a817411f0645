/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The documented JSON of scripts of one's own, and what must not pass for it. */
final class CommandListTest {
  @Test
  void shouldReadEveryKeyThatIsDocumented() throws IOException {
    Listed listed =
        Listed.text(
            "command",
            """
            {"backups": [{"name": "a", "state": "ok", "started": "2026-11-22T01:00:00Z",
              "finished": "2026-11-22T02:00:00+01:00", "size_bytes": 1073741824, "volume": "db1",
              "wal_start": "000000010000000000000024"},
              {"name": "b", "state": "running"}, {"name": "c", "state": "failed"}],
             "volumes": [{"name": "db1"}, {"name": "db2"}], "stored_bytes": 5368709120,
             "mine": {"backups": 7}}
            """);

    assertThat(listed.backups)
        .containsExactly(
            Backup.named("a", State.OK)
                .ofVolume("db1")
                .started(Optional.of(Instant.parse("2026-11-22T01:00:00Z")))
                .finished(Optional.of(Instant.parse("2026-11-22T01:00:00Z")))
                .sized(OptionalLong.of(1L << 30))
                .startingAt(Optional.of("000000010000000000000024")),
            Backup.named("b", State.RUNNING),
            Backup.named("c", State.FAILED));
    assertThat(listed.volumes).containsExactly("db1", "db2");
    assertThat(listed.storedBytes).isEqualTo(5L << 30);
  }

  @Test
  void shouldFindTheJsonBehindWarnings() throws IOException {
    String warnings = "[warning] the certificate ends soon\n{not json}\n   WARN {}\n";

    assertThat(Listed.text("command", warnings + " \n {\n\"backups\": []}\nbye\n").backups)
        .isEmpty();
  }

  @Test
  void shouldRefuseWhatDoesNotKeepTheFormat() {
    refused("", "the output is empty");
    refused("<html>\n", "the output holds no JSON; it begins with \"<html>\"");
    refused("{\"backup\": []}", "the list has no \"backups\"");
    refused("[]", "must be one object");
    refused("{\"backups\": [{\"name\": \"a\"}]}", "has no \"state\"");
    refused("{\"backups\": [{\"name\": \"a\", \"state\": \"ok\"}]}", "has no \"finished\"");
    refused(
        "{\"backups\": [{\"name\": \"a\", \"state\": \"fine\"}]}", "none of ok, running, failed");
    refused("{\"backups\": [{\"name\": 7, \"state\": \"failed\"}]}", "\"name\" is no text");
    refused("{\"backups\": [1]}", "is no JSON object");
    refused("{\"backups\": [{\"name\": \"a\"", "the JSON is broken");
    refused(
        "{\"backups\": [{\"name\": \"a\", \"state\": \"failed\", \"size_bytes\": -1}]}",
        "\"size_bytes\" is no size");
    refused(
        "{\"backups\": [{\"name\": \"a\", \"state\": \"failed\", \"size_bytes\": \"37.5\"}]}",
        "\"size_bytes\" is no whole number");
    refused(
        "{\"backups\": [" + "{\"name\": \"a\", \"state\": \"failed\"},".repeat(60_000) + "{}]}",
        "more than any list of backups");
  }

  private static void refused(String output, String message) {
    assertThatThrownBy(() -> Listed.text("command", output))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }
}
