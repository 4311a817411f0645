/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The form of the alert rules: what promtool does not ask. That they fire and stay quiet is tested
 * with promtool and a real Prometheus, in profile {@code prometheus} of the system tests.
 */
final class AlertRulesTest {
  private static final Pattern THRESHOLD =
      Pattern.compile("walwatch:threshold\\{\\s*of=\"([a-z0-9_]+)\",\\s*severity=\"([a-z]+)\"\\}");

  @Test
  void shouldSayWhatHowBadAndWhatToDo() throws IOException {
    for (Rule alert : DeployFiles.alerts()) {
      assertThat(alert.name()).matches("Walwatch[A-Z][A-Za-z]+");
      assertThat(alert.labels().get("severity")).isIn("critical", "warning", "info", "none");
      assertThat(alert.annotations())
          .as(alert.name())
          .containsKeys("summary", "description", "runbook_url");
      assertThat(alert.annotations().get("runbook_url"))
          .endsWith("/deploy/runbooks/" + alert.name() + ".md");
    }
  }

  @Test
  void shouldHaveOnePageForEachAlertAndNoOther() throws IOException {
    Set<String> pages = new TreeSet<>();
    for (Path page : DeployFiles.list("runbooks", ".md")) {
      String name = page.getFileName().toString().replace(".md", "");
      pages.add(name);
      assertThat(Files.readString(page))
          .startsWith("# " + name + "\n")
          .contains("\n## What it means\n", "\n## What to look at\n", "\n## What to do\n");
    }
    assertThat(pages).isEqualTo(alertNames());
  }

  @Test
  void shouldHaveAThresholdForEachThatARuleAsksForAndNoOther() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (Rule rule : DeployFiles.rules()) {
      asked(rule, asked);
    }
    List<Rule> thresholds =
        DeployFiles.rules().stream()
            .filter(rule -> rule.name().equals("walwatch:threshold"))
            .toList();
    assertThat(thresholds)
        .extracting(rule -> rule.labels().get("of") + " " + rule.labels().get("severity"))
        .containsExactlyInAnyOrderElementsOf(asked);
    assertThat(DeployFiles.alerts())
        .filteredOn(alert -> alert.name().equals("WalwatchThresholdsMissing"))
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.expression())
                    .containsPattern(
                        "count\\(walwatch:threshold\\).*\\) != " + thresholds.size() + "\n")
                    .endsWith("(walwatch:threshold)) != " + thresholds.size()));
  }

  /** Such a sentence is wrong as soon as somebody changes the threshold. */
  @Test
  void shouldSayNoDurationThatIsNotInTheRuleItself() throws IOException {
    Pattern duration = Pattern.compile("\\b(\\d+) (minute|hour|day)s?\\b");
    for (Rule alert : DeployFiles.alerts()) {
      Matcher said =
          duration.matcher(
              alert.annotations().get("summary") + " " + alert.annotations().get("description"));
      while (said.find()) {
        assertThat(alert.expression() + " " + alert.lasting())
            .as("%s says %s", alert.name(), said.group())
            .contains(said.group(1) + said.group(2).charAt(0));
      }
    }
  }

  @Test
  void shouldHaveATestThatItFiresAndOneThatItStaysQuiet() throws IOException {
    Set<String> firing = new TreeSet<>();
    Set<String> quiet = new TreeSet<>();
    Pattern name = Pattern.compile("alertname=~?\"([A-Za-z|]+)\"");
    for (Path file : DeployFiles.list("prometheus/tests", ".yml")) {
      for (Map<String, Object> test : DeployFiles.maps(DeployFiles.load(file), "tests")) {
        for (Map<String, Object> query : DeployFiles.maps(test, "promql_expr_test")) {
          Matcher matcher = name.matcher(String.valueOf(query.get("expr")));
          boolean silent = DeployFiles.maps(query, "exp_samples").isEmpty();
          while (matcher.find()) {
            (silent ? quiet : firing).addAll(List.of(matcher.group(1).split("\\|", -1)));
          }
        }
      }
    }
    assertThat(firing).containsAll(alertNames());
    // The dead man's switch is never quiet.
    quiet.add("WalwatchWatchdog");
    assertThat(quiet).containsAll(alertNames());
  }

  /** An alert whose series are not there is quiet for that reason alone. */
  @Test
  void shouldAskEachRuleOfHealthyHostsWithTheSeriesThatItNeeds() throws IOException {
    Pattern series = Pattern.compile("\\bwalwatch_[a-z0-9_]+");
    String scenarios =
        Files.readString(DeployFiles.DEPLOY.resolve("prometheus/tests/scenarios_test.yml"));
    Set<String> missing = new TreeSet<>();
    for (Rule rule : DeployFiles.rules()) {
      Matcher name = series.matcher(rule.expression());
      while (name.find()) {
        if (!scenarios.contains("- series: '" + name.group() + "{")) {
          missing.add(name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static void asked(Rule rule, Set<String> asked) {
    Matcher matcher = THRESHOLD.matcher(rule.expression());
    while (matcher.find()) {
      asked.add(matcher.group(1) + " " + matcher.group(2));
    }
  }

  private static Set<String> alertNames() throws IOException {
    return DeployFiles.alerts().stream()
        .map(Rule::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
