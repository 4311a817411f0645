/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.Spool;
import io.walwatch.agent.inventory.VerifiedWal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code walwatch list}: one look at one set of backups, left in the spool for the agent. */
@Command(
    name = "list",
    description = {
      "Lists one configured set of backups and leaves the result for the agent.",
      "For timers under the user who has the keys (listed_by: timer)."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the look worked",
      "1:it did not; the result says so too",
      "2:bad usage or configuration, or the result could not be left"
    },
    footer = {
      "",
      "Examples:",
      "  sudo -u postgres walwatch list --name base",
      "  walwatch list --config /etc/walwatch/walwatch.yml --name pgdata-lvm"
    })
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The set, as configured under backups.")
  private String name = "";

  ListCommand() {}

  @Override
  public Integer call() throws Exception {
    AgentConfig config = flags.load();
    InstantSource clock = InstantSource.system();
    try (Launcher launcher = Launcher.create()) {
      // A timer that is stopped must not leave its command behind.
      Runtime.getRuntime().addShutdownHook(new Thread(launcher::close));
      BackupSet set = find(config, BackupSets.of(config, flags.plugins(config), launcher, clock));
      Spool spool = BackupSets.spool(config);
      Look look = Look.take(set.lister(), verified(spool, set), clock);
      leave(spool, set, look);
      say(look);
      return look.worked() ? 0 : Main.PROBLEMS;
    }
  }

  private BackupSet find(AgentConfig config, List<BackupSet> sets) throws UsageException {
    return sets.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "no backups are configured as \""
                        + name
                        + "\"; known are: "
                        + config.backups().stream()
                            .map(BackupConfig::name)
                            .collect(Collectors.joining(", "))));
  }

  /** What the look before has left, if it is there and worked. */
  private static Optional<VerifiedWal> verified(Spool spool, BackupSet set) {
    try {
      return spool.read(set.name(), set.provider()).listing().flatMap(Listing::verifiedWal);
    } catch (IOException nothingToRelyOn) {
      return Optional.empty();
    }
  }

  private void leave(Spool spool, BackupSet set, Look look) throws UsageException {
    try {
      spool.write(set.name(), set.provider(), look);
    } catch (IOException e) {
      throw new UsageException(
          "the result cannot be left in "
              + spool.fileOf(set.name())
              + " ("
              + e
              + "): the directory"
              + " is made by the agent and the package, and this user has to be in its group");
    }
  }

  private void say(Look look) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(BackupReport.describe(name, look));
    out.flush();
  }
}
