/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.Finding;
import io.walwatch.agent.config.discovery.WatchPlan;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code walwatch check}: what would be watched, and what is wrong with it. */
@Command(
    name = "check",
    description = {
      "Says what would be watched, what is wrong with it, and how to mend that.",
      "Tries every permission, runs every lister, reads the last lines of each log; writes nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all well", "1:problems were found", "2:bad usage or configuration"},
    footer = {
      "",
      "Examples:",
      "  sudo -u walwatch walwatch check",
      "  walwatch check --pgdata /var/lib/postgresql/15/main"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  CheckCommand() {}

  @Override
  public Integer call() throws Exception {
    AgentConfig config = flags.load();
    WatchPlan plan = Watchlist.plan(config);
    PrintWriter out = spec.commandLine().getOut();
    CheckReport report = new CheckReport(out);
    for (Finding finding : plan.findings()) {
      if (finding.server().isEmpty()) {
        report.note(finding.line());
      }
    }
    plan.problems().forEach(report::problem);
    new Check(config, plan, flags.plugins(config), InstantSource.system()).run(report);
    report.end();
    return report.problems() == 0 ? 0 : Main.PROBLEMS;
  }
}
