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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The form of the dashboards: the rules of Grafana's dashboard-linter, names that exist, and
 * thresholds that are the alerts'. That each query gives data is tested with a real Prometheus; no
 * Grafana has shown them in a test.
 */
final class DashboardsTest {
  /** Numbers of panels that are no alert's: one of anything, or one alert. */
  private static final double ANY = 1;

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
    Set<Double> thresholds =
        DeployFiles.rules().stream()
            .filter(rule -> rule.name().equals("walwatch:threshold"))
            .map(rule -> Double.valueOf(rule.expression().replaceAll("[^0-9.]", "")))
            .collect(Collectors.toSet());
    thresholds.add(ANY);
    for (Map<String, Object> panel : panels()) {
      for (Map<String, Object> step :
          DeployFiles.maps(DeployFiles.map(defaults(panel), "thresholds"), "steps")) {
        if (step.get("value") instanceof Number value) {
          assertThat(value.doubleValue()).as("%s", panel.get("title")).isIn(thresholds);
        }
      }
    }
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
