/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code walwatch failures}: the kept failures, or one with its evidence. */
@Command(
    name = "failures",
    description = "Lists the kept failures, the newest first, or shows one with its evidence.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sudo -u walwatch walwatch failures",
      "  sudo -u walwatch walwatch failures 20261122T091010Z-archive_command-0a1b2c3d"
    })
final class FailuresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "Which failure (default: all).")
  private @Nullable String id;

  FailuresCommand() {}

  @Override
  public Integer call() throws Exception {
    Path directory = directory(flags.load().stateDirectory());
    FailureStore store = new FailureStore(directory);
    try {
      store.read();
    } catch (IOException e) {
      throw new UsageException(
          "the failures in "
              + directory
              + " cannot be read: "
              + e
              + "; run this as the agent's"
              + " user, or name its state directory with --state-dir");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (id == null) {
      list(store.kept(), out);
    } else {
      show(store, id, out);
    }
    out.flush();
    return 0;
  }

  /** Where an agent with this state directory keeps them. */
  static Path directory(Path stateDirectory) {
    return stateDirectory.resolve("failures");
  }

  private static void list(List<Failure> kept, PrintWriter out) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      Failure failure = kept.get(i);
      String server = failure.server().isEmpty() ? "" : failure.server() + ": ";
      out.println(failure.id() + "  " + server + failure.summary());
    }
  }

  private static void show(FailureStore store, String id, PrintWriter out)
      throws IOException, UsageException {
    String evidence =
        store
            .evidence(id)
            .orElseThrow(
                () ->
                    new UsageException(
                        "no failure " + id + " is kept; walwatch failures lists those that are"));
    store.kept().stream()
        .filter(failure -> failure.id().equals(id))
        .forEach(failure -> out.println(failure.at() + " " + failure.summary() + "\n"));
    out.println(evidence);
  }
}
