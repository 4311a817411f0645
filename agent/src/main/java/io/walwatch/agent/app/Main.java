/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program. */
public final class Main {
  /** Something was found wrong with what is watched. */
  static final int PROBLEMS = 1;

  /** Bad usage or configuration. */
  static final int USAGE = 2;

  /** The program itself has failed; systemd starts it again. */
  static final int BROKEN = 70;

  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    configureOwnLog(err);
    CommandLine commands = commandLine().setOut(out).setErr(err);
    int code = commands.execute(args);
    // A writer notes errors and throws none: a full disk must not look like a success.
    if (out.checkError() && code == 0) {
      commands.getErr().println("walwatch: the output cannot be written");
      code = PROBLEMS;
    }
    System.exit(code);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
  }

  /** Before the commands, whose classes make loggers. */
  private static void configureOwnLog(PrintWriter err) {
    try {
      OwnLog.configure(System.getenv());
    } catch (UsageException e) {
      err.println("walwatch: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new RootCommand())
        .setParameterExceptionHandler(Main::badUsage)
        .setExecutionExceptionHandler(Main::failure);
  }

  private static int badUsage(ParameterException e, String[] args) {
    String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    e.getCommandLine().getErr().println("walwatch: " + e.getMessage() + "; see " + help);
    return USAGE;
  }

  private static int failure(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof UsageException) {
      command.getErr().println("walwatch: " + e.getMessage());
      return USAGE;
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      command.getErr().println("walwatch: " + e.getMessage());
      return PROBLEMS;
    }
    throw e;
  }
}
