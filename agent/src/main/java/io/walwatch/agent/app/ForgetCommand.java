/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code walwatch forget}: an operator's acknowledgement. */
@Command(
    name = "forget",
    description = "Tells the agent what an operator has seen and taken care of.",
    mixinStandardHelpOptions = true,
    subcommands = ForgetGapCommand.class,
    footer = {"", "Example:", "  sudo -u walwatch walwatch forget gap main"})
final class ForgetCommand implements Runnable {
  @Spec private CommandSpec spec;

  ForgetCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "forget what? For example: gap");
  }
}
