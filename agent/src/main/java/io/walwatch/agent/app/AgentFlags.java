/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.AgentOption;
import io.walwatch.agent.config.CommandLineOptions;
import io.walwatch.agent.config.ConfigException;
import io.walwatch.agent.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code serve}, {@code check} and {@code once} share. */
final class AgentFlags {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: /etc/walwatch/walwatch.yml where it exists).")
  private @Nullable String config;

  @Option(
      names = "--pgdata",
      paramLabel = "[NAME=]DIR",
      description = "A server's data directory; the rest is found from there. Repeatable.")
  private List<String> pgdata = new ArrayList<>();

  @Option(names = "--log", paramLabel = "[NAME=]GLOB", description = "A server's logs. Repeatable.")
  private List<String> log = new ArrayList<>();

  @Option(
      names = "--archive-status",
      paramLabel = "[NAME=]DIR",
      description = "An archive queue without a data directory. Repeatable.")
  private List<String> archiveStatus = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where to answer (default: :10432); port 0 picks a free one. Repeatable.")
  private List<String> listen = new ArrayList<>();

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where positions and counters are kept (default: /var/lib/walwatch).")
  private @Nullable String stateDir;

  @Option(
      names = "--web-config",
      paramLabel = "FILE",
      description = "TLS and users, in the exporter-toolkit's format.")
  private @Nullable String webConfig;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Directory of plug-in jars (default: /usr/lib/walwatch/plugins).")
  private @Nullable String plugins;

  @Option(
      names = "--from-start",
      description = "The first start reads logs from their beginning, not from their end.")
  private boolean fromStart;

  @Option(
      names = "--http-reload",
      description = "POST /-/reload reads the configuration anew, as SIGHUP always does.")
  private boolean httpReload;

  private final KnownNames names = new KnownNames();

  AgentFlags() {}

  /** Puts options, environment, file and defaults together. */
  AgentConfig load() throws UsageException {
    return load(names);
  }

  /** The same anew: a parser whose jar has come since {@link #load} is known, too. */
  AgentConfig reload() throws UsageException {
    return load(new KnownNames());
  }

  /** The parsers that the configuration was checked against by {@link #load}. */
  Plugins plugins(AgentConfig config) {
    return names.plugins(config.pluginDirectory());
  }

  private AgentConfig load(KnownNames known) throws UsageException {
    try {
      return new ConfigLoader(System.getenv(), known).load(options());
    } catch (ConfigException e) {
      throw new UsageException(String.join("\nwalwatch: ", e.problems()));
    }
  }

  private CommandLineOptions options() {
    CommandLineOptions options =
        CommandLineOptions.NONE
            .with(AgentOption.PGDATA, pgdata)
            .with(AgentOption.LOG, log)
            .with(AgentOption.ARCHIVE_STATUS, archiveStatus)
            .with(AgentOption.LISTEN, listen);
    options = with(options, AgentOption.CONFIG, config);
    options = with(options, AgentOption.STATE_DIR, stateDir);
    options = with(options, AgentOption.WEB_CONFIG, webConfig);
    options = with(options, AgentOption.PLUGINS, plugins);
    options = with(options, AgentOption.FROM_START, fromStart ? "true" : null);
    return with(options, AgentOption.HTTP_RELOAD, httpReload ? "true" : null);
  }

  private static CommandLineOptions with(
      CommandLineOptions options, AgentOption option, @Nullable String value) {
    return value == null ? options : options.with(option, value);
  }
}
