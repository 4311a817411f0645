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
 * The whole chain: a segment waits on disk, walwatch, Prometheus with the shipped rules,
 * Alertmanager with the shipped routes and templates, and what arrives at Slack and PagerDuty; then
 * the segment is archived, and both hear of it.
 */
@Tag("prometheus")
class AlertChainIT {
  private static final String SEGMENT = "000000010000000000000007";
  private static final String STALLED = "WalwatchArchiveStalled";
  private static final String TITLE = "WAL of main on db1:10432 has not been archived for";

  @Test
  void shouldTellSlackAndPagerDutyWhenArchivingStallsAndWhenItGoesOn() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-chain");
        Receiver receiver = Receiver.start()) {
      Path queue = stalledQueue(tree.root());
      try (AgentProcess agent = watch(tree.root(), queue);
          Alertmanager alertmanager =
              Alertmanager.start(tree.root().resolve("alertmanager"), receiver);
          Prometheus prometheus =
              Prometheus.start(
                  tree.root().resolve("prometheus"),
                  Map.of("db1:10432", agent),
                  List.of(alertmanager.authority()))) {
        await().until(() -> prometheus.firing().contains(STALLED + " critical db1:10432"));
        await().until(() -> !receiver.pagerDuty("trigger", STALLED).isEmpty());
        await().until(() -> !receiver.slack("CRITICAL: " + TITLE).isEmpty());
        checkTrigger(receiver.pagerDuty("trigger", STALLED).get(0));
        checkMessage(receiver.slack("CRITICAL: " + TITLE).get(0));
        await().until(() -> receiver.deadManCalls() > 1);

        Files.move(queue.resolve(SEGMENT + ".ready"), queue.resolve(SEGMENT + ".done"));

        await().until(() -> !receiver.pagerDuty("resolve", STALLED).isEmpty());
        await().until(() -> !receiver.slack("resolved: " + TITLE).isEmpty());
        checkResolved(receiver);
      }
    }
  }

  private static Path stalledQueue(Path root) throws IOException {
    Path queue = Files.createDirectories(root.resolve("pg_wal/archive_status"));
    Path ready = Files.createFile(queue.resolve(SEGMENT + ".ready"));
    Files.setLastModifiedTime(ready, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    return queue;
  }

  private static AgentProcess watch(Path root, Path queue) throws IOException {
    return Launcher.packed()
        .serve(
            "--archive-status", "main=" + queue, "--state-dir", root.resolve("state").toString());
  }

  private static void checkTrigger(Map<String, Object> event) {
    assertThat(Json.text(event, "routing_key")).isEqualTo("a-local-routing-key");
    assertThat(Json.text(event, "dedup_key")).isNotEmpty();
    Map<String, Object> payload = Json.map(event, "payload");
    assertThat(Json.text(payload, "summary")).startsWith("CRITICAL: " + TITLE + " 2h 0m ");
    assertThat(Json.text(payload, "severity")).isEqualTo("critical");
    assertThat(Json.text(payload, "class")).isEqualTo("WalwatchArchiveStalled");
    assertThat(Json.text(payload, "group")).isEqualTo("test");
    assertThat(Json.text(payload, "component")).isEqualTo("main");
    assertThat(Json.text(Json.map(payload, "custom_details"), "firing"))
        .contains(
            "server main on db1:10432", "since 20", "failures: `walwatch failures` on db1:10432\n");
    assertThat(Json.maps(event, "links"))
        .extracting(link -> Json.text(link, "text") + " " + Json.text(link, "href"))
        .satisfiesExactly(
            link -> assertThat(link).matches("runbook https://.*/WalwatchArchiveStalled\\.md"),
            link -> assertThat(link).endsWith("can-i-restore?var-instance=db1%3A10432"));
  }

  private static void checkMessage(Map<String, Object> attachment) {
    assertThat(Json.text(attachment, "color")).isEqualTo("danger");
    assertThat(Json.text(attachment, "title_link"))
        .isEqualTo(
            "https://grafana.example.com/d/walwatch-restore/can-i-restore?var-instance=db1%3A10432");
    assertThat(Json.text(attachment, "text"))
        .contains("If the host burned down now, everything since then would be lost.")
        .containsPattern("critical, firing, server main on db1:10432, since 20\\S+ \\S+ UTC")
        .contains("\n`walwatch failures` on db1:10432 · <")
        .contains("/deploy/runbooks/WalwatchArchiveStalled.md|runbook>")
        .contains("?var-instance=db1%3A10432|dashboard>")
        .containsPattern("<http://\\S+/graph\\?\\S+\\|query>");
  }

  private static void checkResolved(Receiver receiver) {
    Map<String, Object> resolve = receiver.pagerDuty("resolve", STALLED).get(0);
    assertThat(Json.text(resolve, "dedup_key"))
        .isEqualTo(Json.text(receiver.pagerDuty("trigger", STALLED).get(0), "dedup_key"));
    Map<String, Object> attachment = receiver.slack("resolved: " + TITLE).get(0);
    assertThat(Json.text(attachment, "color")).isEqualTo("good");
    assertThat(Json.text(attachment, "text"))
        .containsPattern("critical, resolved, server main on db1:10432, since .* UTC until .* UTC");
  }
}
