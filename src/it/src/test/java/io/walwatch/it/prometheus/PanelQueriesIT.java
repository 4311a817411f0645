/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every query of every panel, with the variables filled in, gives data from a real Prometheus that
 * scrapes a real agent beside a real PostgreSQL. Left out are the panels on jobs and on a store of
 * WAL, since neither is there.
 */
@Tag("prometheus")
class PanelQueriesIT {
  @Test
  void shouldGetDataForEachPanel() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-panels")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      try (EmbeddedServer server =
              EmbeddedServer.start(
                  tree.root().resolve("data"), ServerOptions.archivingWith(archiver.command()));
          AgentProcess agent =
              Launcher.packed()
                  .serve(
                      "--pgdata",
                      "main=" + server.dataDirectory(),
                      "--state-dir",
                      tree.root().resolve("state").toString(),
                      "--from-start",
                      "--config",
                      backups(tree.root()).toString());
          Prometheus prometheus =
              Prometheus.start(
                  tree.root().resolve("prometheus"), Map.of("db1:10432", agent), List.of())) {
        server.switchSegment();
        server.switchSegment();
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(40);
        await().untilAsserted(() -> assertThat(withoutData(prometheus, queries)).isEmpty());
      }
    }
  }

  /** Two dumps, and a recorded answer of lvs, since no machine that builds this has LVM. */
  private static Path backups(Path root) throws IOException {
    Path dumps = Files.createDirectories(root.resolve("dumps"));
    // A file that was written just now counts as one that is still written.
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(Files.writeString(dumps.resolve("monday.tar"), "one"), before);
    Files.setLastModifiedTime(Files.writeString(dumps.resolve("tuesday.tar"), "two"), before);
    Path lvs = Tool.DEPLOY.resolveSibling("testdata/inventory/lvm-2.03.16-lvs-snap.json");
    return Files.writeString(
        root.resolve("walwatch.yml"),
        String.format(
            Locale.ROOT,
            """
        backups:
          - { name: dumps, provider: directory, files: "%s/*.tar", expect: { every: 24h, min_size: 1B, retention: 30d } }
          - { name: lvm, provider: lvm, volume: vgpg/pgdata, command: [sh, -c, "cat %s", lvs], expect: { every: 24h } }
        """,
            dumps,
            lvs));
  }

  private static List<String> withoutData(Prometheus prometheus, List<String> queries)
      throws Exception {
    List<String> empty = new ArrayList<>();
    for (String query : queries) {
      if (prometheus.query(query).isEmpty()) {
        empty.add(query);
      }
    }
    return empty;
  }

  /** The expressions of all panels, with the variables as Grafana fills them in. */
  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (Path file : Tool.files("grafana", ".json")) {
      for (Map<String, Object> panel : Json.maps(Json.parse(Files.readString(file)), "panels")) {
        for (Map<String, Object> target : Json.maps(panel, "targets")) {
          String expression = Json.text(target, "expr");
          if (!expression.contains("walwatch_job_") && !expression.contains("wal_missing")) {
            queries.add(filled(expression));
          }
        }
      }
    }
    return queries;
  }

  private static String filled(String expression) {
    return expression
        .replace("$__rate_interval", "1m")
        .replace("$job", "walwatch")
        .replace("$instance", "db1:10432")
        .replace("$server", ".+");
  }
}
