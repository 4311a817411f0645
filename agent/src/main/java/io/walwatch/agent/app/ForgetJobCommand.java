/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code walwatch forget job}: a job that no longer exists is shown no longer. */
@Command(
    name = "job",
    description = {
      "Forgets a job that was renamed or is run no more: its series go, with their counters. One",
      "that is configured under jobs has to leave the configuration first; one that runs again",
      "shows again."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  sudo -u walwatch walwatch forget job old-base"})
final class ForgetJobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Parameters(paramLabel = "NAME", description = "Which job, as in walwatch run --job NAME.")
  private String name = "";

  ForgetJobCommand() {}

  @Override
  public Integer call() throws Exception {
    AgentConfig config = flags.load();
    if (config.jobs().stream().anyMatch(job -> job.name().equals(name))) {
      throw new UsageException(
          "the job " + name + " is configured: take it out of jobs first, and reload the agent");
    }
    Path directory = config.stateDirectory();
    Set<String> known =
        ForgetCommand.known(
            directory, checkpoint -> checkpoint.at("state").at("jobs").at("byName"));
    if (!known.contains(name)) {
      throw new UsageException(
          "an agent with the state directory "
              + directory
              + " knows no job called "
              + name
              + "; known: "
              + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
    ForgetCommand.ask(spec, directory, ForgetRequests.JOB, name);
    return 0;
  }
}
