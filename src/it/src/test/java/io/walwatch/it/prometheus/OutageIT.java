/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prometheus comes back after more than an hour. It remembers two hosts on which all was well;
 * meanwhile a waiting file has vanished on db1, and nothing has happened on db2.
 */
@Tag("prometheus")
class OutageIT {
  private static final String WAITING = "000000010000000000000007.ready";
  private static final String VANISHED = "walwatch_archive_vanished_files_total";
  private static final String SEGMENT = "kind=segment";
  private static final Duration AWAY = Duration.ofMinutes(75);

  @Test
  void shouldTellWhatHappenedWhileItWasAwayAndNothingElse() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-outage");
        AgentProcess first = watch(tree.root(), "db1");
        AgentProcess second = watch(tree.root(), "db2")) {
      losesAFile(tree.root().resolve("db1"), first);
      Path directory = tree.root().resolve("prometheus");
      Prometheus.history(directory, allWasWell("db1", "db2"));
      try (Prometheus prometheus =
          Prometheus.start(directory, Map.of("db1", first, "db2", second), List.of())) {
        await()
            .untilAsserted(
                () ->
                    assertThat(prometheus.firing())
                        .containsExactly(
                            "WalwatchReadyVanished critical db1",
                            // These two watch a queue only, whose server's role nobody can tell.
                            "WalwatchRoleUnknown warning db1",
                            "WalwatchRoleUnknown warning db2"));
        assertThat(prometheus.query(VANISHED + " offset 80m")).hasSize(2);
      }
    }
  }

  private static AgentProcess watch(Path root, String host) throws IOException {
    Path queue = Files.createDirectories(queue(root.resolve(host)));
    return Launcher.packed()
        .serve(
            "--archive-status",
            "main=" + queue,
            "--state-dir",
            root.resolve(host).resolve("state").toString());
  }

  private static Path queue(Path host) {
    return host.resolve("pg_wal/archive_status");
  }

  private static void losesAFile(Path host, AgentProcess agent) throws IOException {
    Path waiting = Files.createFile(queue(host).resolve(WAITING));
    await().until(() -> agent.scrape().sum("walwatch_archive_ready_files", SEGMENT) == 1);
    Files.delete(waiting);
    await().until(() -> agent.scrape().sum(VANISHED, SEGMENT) == 1);
  }

  /** Two hours of a sample a minute, up to the moment when Prometheus went. */
  private static String allWasWell(String... hosts) {
    StringBuilder text = new StringBuilder(100_000);
    long end = Instant.now().minus(AWAY).getEpochSecond();
    family(text, "up", "gauge", "", 1, end, hosts);
    family(text, VANISHED, "counter", ",server=\"main\",kind=\"segment\"", 0, end, hosts);
    return text.toString();
  }

  private static void family(
      StringBuilder text,
      String name,
      String kind,
      String labels,
      int value,
      long end,
      String... hosts) {
    text.append("# TYPE ").append(name.replace("_total", "")).append(' ').append(kind).append('\n');
    for (String host : hosts) {
      String series =
          name + "{job=\"walwatch\",instance=\"" + host + "\",pg_cluster=\"test\"" + labels + "} ";
      for (long second = end - 7_200; second <= end; second += 60) {
        text.append(series).append(value).append(' ').append(second).append('\n');
      }
    }
  }
}
