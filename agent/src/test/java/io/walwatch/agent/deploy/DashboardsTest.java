/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The form of the dashboards: the rules of Grafana's dashboard-linter, names that exist, and
 * thresholds that are the alerts'. That each query gives data is tested with a real Prometheus; no
 * Grafana has shown them in a test.
 */
final class DashboardsTest {
  /** Of panels that no alert's threshold belongs to: one of anything, or one alert. */
  private static final List<Double> ANY = List.of(1.0);

  /**
   * By which threshold each panel is coloured. What burns with the host is judged like what waits.
   */
  private static final Map<String, String> THRESHOLDS =
      Map.ofEntries(
          Map.entry("Oldest WAL waits for", "archive_waiting_seconds"),
          Map.entry("Waiting since", "archive_waiting_seconds"),
          Map.entry("Waiting bytes", "archive_ready_bytes"),
          Map.entry("WAL that only this host has", "archive_ready_bytes"),
          Map.entry("WAL that only one host has", "archive_ready_bytes"),
          Map.entry("Age / expected interval", "backup_age_ratio"),
          Map.entry("Backup age / expected interval", "backup_age_ratio"),
          Map.entry("Snapshot age / expected interval", "snapshot_age_ratio"),
          Map.entry("Snapshot space", "snapshot_space_ratio"),
          Map.entry("Push duration", "push_p95_seconds"),
          Map.entry("Oldest push in flight", "push_in_flight_seconds"),
          Map.entry("Behind in logs", "source_lag_bytes"));

  private final List<Map<String, Object>> dashboards = new ArrayList<>();

  DashboardsTest() throws IOException {
    for (Path file : DeployFiles.list("grafana", ".json")) {
      dashboards.add(DeployFiles.load(file));
    }
  }

  @Test
  void shouldKeepTheAddressesThatAlertsLinkTo() {
    assertThat(dashboards)
        .extracting(dashboard -> dashboard.get("uid"))
        .containsExactlyInAnyOrder("walwatch-restore", "walwatch-fleet");
    assertThat(dashboards)
        .allSatisfy(
            dashboard -> {
              assertThat(dashboard).containsEntry("editable", false).doesNotContainKey("__inputs");
              assertThat(number(dashboard, "schemaVersion")).isGreaterThanOrEqualTo(39);
              assertThat(DeployFiles.maps(DeployFiles.map(dashboard, "templating"), "list"))
                  .extracting(variable -> variable.get("name"))
                  .containsExactly("datasource", "job", "instance", "server");
            });
  }

  @Test
  void shouldGiveEachPanelATitleAUnitAndASentence() {
    for (Map<String, Object> panel : panels()) {
      assertThat(String.valueOf(panel.get("title"))).isNotBlank();
      assertThat(String.valueOf(panel.get("description"))).endsWith(".");
      assertThat(panel)
          .containsEntry("datasource", Map.of("type", "prometheus", "uid", "${datasource}"));
      assertThat(defaults(panel).get("unit")).isNotNull();
      assertThat(DeployFiles.maps(panel, "targets")).isNotEmpty();
      assertThat(expressions(panel))
          .allSatisfy(
              expression ->
                  assertThat(expression)
                      .doesNotContainPattern("\\[(?!\\$__rate_interval\\]|1h\\])")
                      .doesNotContain("=\"$"));
    }
  }

  @Test
  void shouldPlaceNoPanelOnAnother() {
    for (Map<String, Object> dashboard : dashboards) {
      Set<String> taken = new HashSet<>();
      Set<Object> ids = new HashSet<>();
      for (Map<String, Object> panel : DeployFiles.maps(dashboard, "panels")) {
        assertThat(ids.add(panel.get("id"))).isTrue();
        Map<String, Object> place = DeployFiles.map(panel, "gridPos");
        int right = number(place, "x") + number(place, "w");
        assertThat(right).isLessThanOrEqualTo(24);
        for (int x = number(place, "x"); x < right; x++) {
          for (int y = number(place, "y"); y < number(place, "y") + number(place, "h"); y++) {
            assertThat(taken.add(x + " " + y)).as("%s", panel.get("title")).isTrue();
          }
        }
      }
    }
  }

  @Test
  void shouldNameOnlySeriesThatTheCodeExposes() {
    Names names = Names.orFail();
    List<String> unknown = new ArrayList<>();
    for (Map<String, Object> panel : panels()) {
      expressions(panel)
          .forEach(
              text ->
                  names
                      .unknownIn(text)
                      .forEach(name -> unknown.add(panel.get("title") + ": " + name)));
    }
    for (Map<String, Object> dashboard : dashboards) {
      DeployFiles.maps(DeployFiles.map(dashboard, "templating"), "list")
          .forEach(
              variable ->
                  unknown.addAll(names.unknownIn(String.valueOf(variable.get("definition")))));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void shouldColourByTheThresholdsOfTheAlerts() throws IOException {
    for (Map<String, Object> panel : panels()) {
      List<Double> steps = steps(panel);
      String threshold = THRESHOLDS.get(String.valueOf(panel.get("title")));
      assertThat(steps)
          .as("%s", panel.get("title"))
          .isIn(threshold == null ? List.of(List.of(), ANY) : List.of(thresholds(threshold)));
    }
  }

  /** A snapshot is late at another ratio than a base backup. */
  @Test
  void shouldJudgeSnapshotsAndBaseBackupsEachByTheirOwn() {
    for (Map<String, Object> panel : panels()) {
      String title = String.valueOf(panel.get("title"));
      if (title.contains("expected interval")) {
        assertThat(expressions(panel).get(0))
            .as(title)
            .contains(
                "provider" + (title.startsWith("Snapshot") ? "=~" : "!~") + "\"lvm|azure-disk\"");
      }
    }
  }

  /** Two archivers of one cluster have no instance, lost targets no job. */
  @Test
  void shouldAnnotateAlertsOfNoHostForAllHosts() {
    Map<String, Object> fleet =
        dashboards.stream()
            .filter(dashboard -> "walwatch-fleet".equals(dashboard.get("uid")))
            .findFirst()
            .orElseThrow();
    assertThat(DeployFiles.maps(DeployFiles.map(fleet, "annotations"), "list"))
        .singleElement()
        .extracting(annotation -> annotation.get("expr"))
        .asString()
        .contains("job=~\"$job|\"", "instance=~\"$instance|\"");
  }

  @Test
  void shouldLinkToRunbooksThatExist() {
    for (Map<String, Object> panel : panels()) {
      for (Map<String, Object> link : DeployFiles.maps(panel, "links")) {
        String url = String.valueOf(link.get("url"));
        assertThat(
                Files.exists(
                    DeployFiles.DEPLOY
                        .resolve("runbooks")
                        .resolve(url.substring(url.lastIndexOf('/') + 1))))
            .as(url)
            .isTrue();
      }
    }
  }

  private List<Map<String, Object>> panels() {
    return dashboards.stream()
        .flatMap(dashboard -> DeployFiles.maps(dashboard, "panels").stream())
        .filter(panel -> !"row".equals(panel.get("type")))
        .toList();
  }

  private static List<Double> steps(Map<String, Object> panel) {
    List<Double> steps = new ArrayList<>();
    for (Map<String, Object> step :
        DeployFiles.maps(DeployFiles.map(defaults(panel), "thresholds"), "steps")) {
      if (step.get("value") instanceof Number value) {
        steps.add(value.doubleValue());
      }
    }
    return steps;
  }

  private static List<Double> thresholds(String of) throws IOException {
    return DeployFiles.rules().stream()
        .filter(rule -> rule.name().equals("walwatch:threshold"))
        .filter(rule -> of.equals(rule.labels().get("of")))
        .map(rule -> Double.valueOf(rule.expression().replaceAll("[^0-9.]", "")))
        .toList();
  }

  private static Map<String, Object> defaults(Map<String, Object> panel) {
    return DeployFiles.map(DeployFiles.map(panel, "fieldConfig"), "defaults");
  }

  private static List<String> expressions(Map<String, Object> panel) {
    return DeployFiles.maps(panel, "targets").stream()
        .map(target -> String.valueOf(target.get("expr")))
        .toList();
  }

  private static int number(Map<String, Object> map, String key) {
    return Integer.parseInt(String.valueOf(map.get(key)));
  }
}
