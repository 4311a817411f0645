/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.writer.PushRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * WAL-E as it is set up by default, its records on stderr and in syslog: five and a half hours of
 * 20,000 pushes in both files, a second apart, that lie unread.
 */
class CatchUpByTwoWaysIT {
  private static final int PUSHES = 20_000;
  private static final Instant START = Instant.parse("2025-11-22T00:00:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TemporaryTree tree;
  private Path stderr;
  private Path syslog;
  private String config;

  @BeforeEach
  void makeLogs() throws Exception {
    tree = TemporaryTree.create("walwatch-it");
    stderr = Files.createFile(tree.root().resolve("stderr.log"));
    syslog = Files.createFile(tree.root().resolve("syslog.log"));
    String text =
        "state_directory: "
            + tree.root()
            + "/state\nsources:\n"
            + "  - { name: stderr, server: main, files: ["
            + stderr
            + "] }\n  - { name: syslog, server: main, files: ["
            + syslog
            + "] }\n";
    config = Files.writeString(tree.root().resolve("walwatch.yml"), text).toString();
  }

  @AfterEach
  void removeLogs() {
    tree.close();
  }

  @Test
  void shouldCountEachPushOnceThatOnceReadsInBothLogs() throws Exception {
    write();
    var result = Launcher.packed().run("once", "--config", config);
    assertThat(result.exitCode()).isZero();
    assertOnce(Scrape.parse(String.join("\n", result.output())));
  }

  @Test
  void shouldCountEachPushOnceThatCameWhileItWasDown() throws Exception {
    try (AgentProcess agent = Launcher.packed().serve("--config", config)) {
      assertThat(agent.scrape().sum("walwatch_push_completed_total")).isZero();
    }
    write();
    try (AgentProcess agent = Launcher.packed().serve("--config", config)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                Scrape scrape = agent.scrape();
                return scrape.sum("walwatch_source_lag_bytes") == 0
                    && scrape.sum("walwatch_source_duplicates_total") >= 2 * PUSHES;
              });
      assertOnce(agent.scrape());
    }
  }

  private static void assertOnce(Scrape scrape) {
    assertThat(scrape.sum("walwatch_push_started_total")).isEqualTo(PUSHES);
    assertThat(scrape.sum("walwatch_push_completed_total")).isEqualTo(PUSHES);
    assertThat(scrape.sum("walwatch_source_duplicates_total")).isEqualTo(2 * PUSHES);
    assertThat(scrape.sum("walwatch_push_repeated_total")).isZero();
    assertThat(scrape.sum("walwatch_push_unmatched_total")).isZero();
    assertThat(scrape.sum("walwatch_push_in_flight")).isZero();
    assertThat(scrape.sum("walwatch_duplicate_filter_evictions_total")).isZero();
  }

  private void write() throws Exception {
    StringBuilder lines = new StringBuilder();
    StringBuilder messages = new StringBuilder();
    for (int push = 0; push < PUSHES; push++) {
      String time = TIME.format(START.plusSeconds(push));
      for (String undated : new String[] {PushRecords.begin(push), PushRecords.complete(push)}) {
        String record = undated.replace("2026-11-22T09:08:09.", time + ".");
        lines.append(record);
        messages.append(message(time, record));
      }
    }
    Files.writeString(stderr, lines, UTF_8, StandardOpenOption.APPEND);
    Files.writeString(syslog, messages, UTF_8, StandardOpenOption.APPEND);
  }

  /** As rsyslog writes what WAL-E sends: the logger's name is the tag, {@code #012} a newline. */
  private static String message(String time, String record) {
    int space = record.indexOf(' ');
    String text = record.substring(space + 1).stripTrailing().replace("\n", "#012");
    return "<14>1 "
        + time
        + ".500000+00:00 vm "
        + record.substring(0, space)
        + " - - -  "
        + text
        + "\n";
  }
}
