/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.FailureStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code walwatch forget failure}: its evidence is no longer needed, or must not be kept. */
@Command(
    name = "failure",
    description = {
      "Removes a kept failure with its evidence, for good: it has been dealt with, or shows what",
      "must not be kept. Counters stay as they are."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  sudo -u walwatch walwatch forget failure 20261122T091010Z-archive_command-0a1b2c3d"
    })
final class ForgetFailureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Parameters(paramLabel = "ID", description = "Which failure; walwatch failures lists them.")
  private String id = "";

  ForgetFailureCommand() {}

  @Override
  public Integer call() throws Exception {
    Path directory = flags.load().stateDirectory();
    if (!isKept(directory)) {
      throw new UsageException(
          "no failure " + id + " is kept; walwatch failures lists those that are");
    }
    ForgetCommand.ask(spec, directory, ForgetRequests.FAILURE, id);
    return 0;
  }

  private boolean isKept(Path directory) throws UsageException {
    FailureStore store = new FailureStore(FailuresCommand.directory(directory));
    try {
      store.read();
    } catch (IOException e) {
      throw new UsageException(
          "the failures in " + directory + " cannot be read: " + e + "; run this as its user");
    }
    return store.kept().stream().anyMatch(failure -> failure.id().equals(id));
  }
}
