/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What messages say of many hosts, and of pods, by Alertmanager's own tool. */
@Tag("prometheus")
class MessagesIT {
  private static final Path TEMPLATES = Tool.DEPLOY.resolve("alertmanager/walwatch.tmpl");

  @Test
  void shouldNameTenOfSixtyHostsAndSayThatThereAreMore() throws Exception {
    List<String> alerts = new ArrayList<>();
    for (int host = 0; host < 60; host++) {
      alerts.add(alert("\"instance\":\"db" + host + ":10432\""));
    }

    String slack = render("{{ template \"walwatch.slack.text\" . }}", alerts);
    assertThat(slack)
        .contains("on db9:10432,", "and more: 60 are firing and 0 resolved, 10 of each are shown")
        .doesNotContain("on db10:10432,");
    assertThat(render("{{ template \"walwatch.plain\" .Alerts.Firing }}", alerts))
        .contains("on db9:10432,", "and more: 10 of 60 are shown")
        .doesNotContain("on db10:10432,");
  }

  @Test
  void shouldSayHowToSeeTheEvidenceWhereThereIsNoHostToLogInTo() throws Exception {
    List<String> alerts =
        List.of(alert("\"instance\":\"a/pg-0\",\"namespace\":\"a\",\"pod\":\"pg-0\""));

    assertThat(render("{{ template \"walwatch.slack.text\" . }}", alerts))
        .contains(
            "`kubectl port-forward -n a pg-0 10432`, then http://localhost:10432/failures?server=main")
        .doesNotContain("and more:");
  }

  private static String alert(String labels) {
    return """
    {"status":"firing","labels":{"severity":"critical","server":"main",%s},
     "annotations":{"summary":"S","description":"D","runbook_url":"https://example.com/r",
      "failures_path":"/failures?server=main"},
     "startsAt":"2026-11-29T12:00:00Z","generatorURL":"http://p/graph"}
    """
        .replace("%s", labels);
  }

  private static String render(String text, List<String> alerts) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-messages")) {
      Path data = tree.root().resolve("data.json");
      Files.writeString(
          data, "{\"status\":\"firing\",\"alerts\":[" + String.join(",", alerts) + "]}");
      return Tool.run(
          "amtool",
          "template",
          "render",
          "--template.glob=" + TEMPLATES,
          "--template.data=" + data,
          "--template.text=" + text);
    }
  }
}
