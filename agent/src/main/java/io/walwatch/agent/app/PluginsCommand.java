/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code walwatch plugins}: the parsers that were found, and where. */
@Command(
    name = "plugins",
    description = "Lists the parsers that were found, and where.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  walwatch plugins --plugins /usr/lib/walwatch/plugins"})
final class PluginsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = "${env:WALWATCH_PLUGINS}",
      description = "Directory of plug-in jars (default: /usr/lib/walwatch/plugins).")
  private Path directory = AgentConfig.DEFAULT.pluginDirectory();

  PluginsCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    for (Plugins.Plugin plugin : Plugins.find(directory).found()) {
      String kind = plugin.provider().isArchiver() ? "archiver" : "server";
      out.println(
          String.format(
              Locale.ROOT, "%-12s %-9s %s", plugin.provider().name(), kind, plugin.place()));
    }
    out.flush();
    return 0;
  }
}
