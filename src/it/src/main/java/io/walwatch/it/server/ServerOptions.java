/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a test server is to be like.
 *
 * @param segmentSizeMib size of a WAL segment: small, so that many fit into a short test
 * @param settings lines of postgresql.conf, without quotes
 * @param stopsWithTheVm whether the server stops by itself when this VM ends
 */
public record ServerOptions(
    int segmentSizeMib, Map<String, String> settings, boolean stopsWithTheVm) {
  public ServerOptions {
    settings = Map.copyOf(settings);
  }

  /** A server that archives with this command and writes its log into a file. */
  public static ServerOptions archivingWith(String archiveCommand) {
    return new ServerOptions(
        1,
        Map.of(
            "archive_mode", "on",
            "archive_command", archiveCommand,
            "logging_collector", "on",
            "log_destination", "stderr",
            "log_line_prefix", "%m [%p] ",
            "max_wal_size", "32MB"),
        true);
  }

  /** The same with one setting more, or another value for it. */
  public ServerOptions with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(name, value);
    return new ServerOptions(segmentSizeMib, changed, stopsWithTheVm);
  }

  /** The same, for a caller who stops the server himself when the VM ends. */
  public ServerOptions unattended() {
    return new ServerOptions(segmentSizeMib, settings, false);
  }

  /** The text of the settings in the server's own form: quotes are doubled, not escaped. */
  String configuration() {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
        .sorted()
        .collect(Collectors.joining());
  }
}
