/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code walwatch forget}: an operator's acknowledgement. */
@Command(
    name = "forget",
    description = "Tells the agent what an operator has seen and taken care of.",
    mixinStandardHelpOptions = true,
    subcommands = {ForgetGapCommand.class, ForgetJobCommand.class, ForgetFailureCommand.class},
    footer = {
      "",
      "Examples:",
      "  sudo -u walwatch walwatch forget gap main",
      "  sudo -u walwatch walwatch forget job old-base",
      "  sudo -u walwatch walwatch forget failure 20261122T091010Z-archive_command-0a1b2c3d"
    })
final class ForgetCommand implements Runnable {
  @Spec private CommandSpec spec;

  ForgetCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "forget what? gap, job or failure");
  }

  /** Leaves a request for the agent with this state directory, and says so. */
  static void ask(CommandSpec command, Path stateDirectory, String kind, String name)
      throws UsageException {
    try {
      new ForgetRequests(stateDirectory).write(kind, name);
    } catch (IOException e) {
      throw unwritable(stateDirectory, e);
    }
    asked(command, name);
  }

  /**
   * The names that an agent with this state directory knows, sorted.
   *
   * @param part where its checkpoint has them
   */
  static Set<String> known(Path stateDirectory, UnaryOperator<Node> part) throws UsageException {
    try {
      Optional<CheckpointFile.Loaded> checkpoint = new CheckpointFile(stateDirectory).load();
      return checkpoint
          .map(loaded -> (Set<String>) new TreeSet<>(part.apply(loaded.node()).names()))
          .orElse(Set.of());
    } catch (IOException e) {
      throw new UsageException("the checkpoint in " + stateDirectory + " cannot be read: " + e);
    }
  }

  static UsageException unwritable(Path stateDirectory, IOException e) {
    return new UsageException(
        "the state directory "
            + stateDirectory
            + " cannot be written: "
            + e
            + "; run this as its user");
  }

  static void asked(CommandSpec command, String name) {
    PrintWriter out = command.commandLine().getOut();
    out.println(name + ": asked; a running agent does it within a second, else the next one does");
    out.flush();
  }
}
