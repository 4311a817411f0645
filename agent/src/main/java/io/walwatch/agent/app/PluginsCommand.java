/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.inventory.DirectoryLister;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code walwatch plugins}: the parsers and listers that were found, and where. */
@Command(
    name = "plugins",
    description = "Shows the parsers of logs and of backup lists that were found, and where.",
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
    Plugins plugins = Plugins.find(directory);
    plugins
        .found()
        .forEach(plugin -> print(plugin, plugin.provider().isArchiver() ? "archiver" : "server"));
    plugins.foundListers().forEach(plugin -> print(plugin, "backups"));
    // It reads files itself; those that are found read what a command prints.
    print(DirectoryLister.PROVIDER, "backups", "built in");
    out.flush();
    return 0;
  }

  private void print(Plugins.Plugin<?> plugin, String kind) {
    print(plugin.name(), kind, plugin.place());
  }

  private void print(String name, String kind, String place) {
    spec.commandLine()
        .getOut()
        .println(String.format(Locale.ROOT, "%-12s %-9s %s", name, kind, place));
  }
}
