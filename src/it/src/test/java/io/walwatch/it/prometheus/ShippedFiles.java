/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The shipped files, with their clocks turned faster and nothing else: in the rules each {@code
 * for} becomes one second, and the three windows in which two hosts archive by turns ten seconds
 * each; all other windows, expressions, thresholds, labels and texts stay. In Alertmanager's
 * configuration the waits become parts of a second, and addresses and secrets are local.
 */
final class ShippedFiles {
  private ShippedFiles() {}

  /** Copies the rules into a directory. */
  static void rules(Path directory) throws IOException {
    for (Path file : Tool.files("prometheus", ".rules.yml")) {
      String text = Files.readString(file).replaceAll("(?m)^( +for:) .*$", "$1 1s");
      Files.writeString(directory.resolve(file.getFileName()), turns(text));
    }
  }

  private static String turns(String rules) {
    return rules
        .replace("walwatch_push_completed_total[10m]", "walwatch_push_completed_total[10s]")
        .replace(
            "walwatch_archive_archived_files_total[10m]",
            "walwatch_archive_archived_files_total[10s]")
        .replace("walwatch:server_archived offset 10m", "walwatch:server_archived offset 10s")
        .replace("walwatch:server_archived offset 20m", "walwatch:server_archived offset 20s");
  }

  /** Copies routes and templates into a directory. */
  static void routes(Path directory, String slack, String pagerDuty, String deadMan)
      throws IOException {
    Path source = Tool.DEPLOY.resolve("alertmanager");
    Files.copy(source.resolve("walwatch.tmpl"), directory.resolve("walwatch.tmpl"));
    Files.writeString(directory.resolve("slack-url"), slack + "\n");
    Files.writeString(directory.resolve("pagerduty-key"), "a-local-routing-key\n");
    String text = Files.readString(source.resolve("alertmanager.yml"));
    text = replace(text, "group_wait: 30s", "group_wait: 200ms");
    text = replace(text, "group_interval: 5m", "group_interval: 500ms");
    text = replace(text, "group_interval: 1m", "group_interval: 500ms");
    text = replace(text, "repeat_interval: 5m", "repeat_interval: 1s");
    text = replace(text, "http://127.0.0.1:9099/walwatch", deadMan);
    text = replace(text, "/etc/alertmanager/walwatch-slack-url", directory + "/slack-url");
    text = replace(text, "/etc/alertmanager/walwatch-pagerduty-key", directory + "/pagerduty-key");
    text = replace(text, "/etc/alertmanager/walwatch.tmpl", directory + "/walwatch.tmpl");
    text = replace(text, "global:\n", "global:\n  pagerduty_url: " + pagerDuty + "\n");
    Files.writeString(directory.resolve("alertmanager.yml"), text);
  }

  private static String replace(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }
}
