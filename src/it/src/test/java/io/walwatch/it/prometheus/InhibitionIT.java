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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two agents die while files wait: on db1 for almost as long as is critical, on db2 for almost as
 * long as is worth a warning. Both limits are reached when nobody looks any more.
 */
@Tag("prometheus")
class InhibitionIT {
  private static final String STALLED = "WalwatchArchiveStalled";
  private static final String STALL = "has not been archived for";
  private static final Duration STILL_TO_COME = Duration.ofSeconds(30);

  @Test
  void shouldWakeForWhatIsCriticalAndHoldBackWhatIsNotWhenTheAgentIsDown() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-inhibition");
        Receiver receiver = Receiver.start();
        AgentProcess first = watch(tree.root(), "db1");
        AgentProcess second = watch(tree.root(), "db2");
        Alertmanager alertmanager =
            Alertmanager.start(tree.root().resolve("alertmanager"), receiver);
        Prometheus prometheus =
            Prometheus.start(
                tree.root().resolve("prometheus"),
                Map.of("db1:10432", first, "db2:10432", second),
                List.of(alertmanager.authority()))) {
      waits(tree.root(), "db1", Duration.ofMinutes(15));
      waits(tree.root(), "db2", Duration.ofMinutes(5));
      await()
          .until(
              () ->
                  prometheus.query("walwatch:archive_oldest_ready_timestamp_seconds").size() == 2);
      first.kill();
      second.kill();

      await().atMost(STILL_TO_COME.multipliedBy(4)).untilAsserted(() -> heldBack(alertmanager));
      await().until(() -> !receiver.pagerDuty("trigger", STALLED).isEmpty());
      await().until(() -> !receiver.slack("CRITICAL: WAL of main on db1:10432 " + STALL).isEmpty());

      assertThat(receiver.pagerDuty("trigger", STALLED).get(0).toString())
          .contains("CRITICAL: WAL of main on db1:10432 " + STALL);
      assertThat(receiver.slack("db2:10432 " + STALL)).isEmpty();
      await().until(() -> !receiver.slack("WalwatchAgentDown (2 firing").isEmpty());
    }
  }

  private static void heldBack(Alertmanager alertmanager) throws Exception {
    assertThat(alertmanager.alerts())
        .contains(
            "WalwatchAgentDown critical db1:10432 active",
            "WalwatchAgentDown critical db2:10432 active",
            STALLED + " critical db1:10432 active",
            STALLED + " warning db1:10432 suppressed",
            STALLED + " warning db2:10432 suppressed");
  }

  private static AgentProcess watch(Path root, String host) throws IOException {
    Path queue = Files.createDirectories(queue(root, host));
    return Launcher.packed()
        .serve(
            "--archive-status",
            "main=" + queue,
            "--state-dir",
            root.resolve(host).resolve("state").toString());
  }

  private static Path queue(Path root, String host) {
    return root.resolve(host).resolve("pg_wal/archive_status");
  }

  /** A segment that reaches this age in a moment. */
  private static void waits(Path root, String host, Duration age) throws IOException {
    Path staged = Files.createFile(root.resolve(host).resolve("staged"));
    Instant since = Instant.now().minus(age).plus(STILL_TO_COME);
    Files.setLastModifiedTime(staged, FileTime.from(since));
    Files.move(staged, queue(root, host).resolve("000000010000000000000007.ready"));
  }
}
