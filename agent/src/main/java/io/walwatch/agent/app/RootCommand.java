/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code walwatch} without a command. */
@Command(
    name = "walwatch",
    description = "Watches WAL archiving and backups of PostgreSQL, and answers Prometheus.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      OnceCommand.class,
      ParseCommand.class,
      ListCommand.class,
      PluginsCommand.class,
      ForgetCommand.class,
      FailuresCommand.class
    },
    footer = {
      // A shell script, which the launcher starts before any JVM.
      "  run       Runs a backup job and records how it ended: walwatch run --help.",
      "",
      "Examples:",
      "  walwatch serve",
      "      watch the PostgreSQL servers of this host",
      "  walwatch check",
      "      say what would be watched, and what is wrong",
      "  walwatch parse /var/log/postgresql/postgresql-15-main.log",
      "      show what walwatch sees in a log"
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  RootCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }
}
