/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import io.walwatch.it.agent.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** System calls of a running agent that fail, by strace; closed, they work again. */
final class Faults implements AutoCloseable {
  private final Process strace;
  private final Path trace;

  private Faults(Process strace, Path trace) {
    this.strace = strace;
    this.trace = trace;
  }

  /**
   * Begins; returns when every thread of the agent is held.
   *
   * @param trace where the calls are noted
   * @param error such as {@code EIO}
   * @param calls such as {@code read,pread64}
   * @param paths calls on others work
   */
  static Faults inject(AgentProcess agent, Path trace, String error, String calls, Path... paths)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("strace", "-f", "-qq", "-o", trace.toString(), "-e"));
    command.addAll(List.of("trace=" + calls, "-e", "inject=" + calls + ":error=" + error));
    for (Path path : paths) {
      command.addAll(List.of("-P", path.toString()));
    }
    command.addAll(List.of("-p", Long.toString(agent.pid())));
    Process strace =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path threads = Path.of("/proc", Long.toString(agent.pid()), "task");
    Patience.await().ignoreExceptions().until(() -> areTraced(threads));
    return new Faults(strace, trace);
  }

  private static boolean areTraced(Path threads) throws IOException {
    try (Stream<Path> tasks = Files.list(threads)) {
      for (Path task : tasks.toList()) {
        if (Files.readAllLines(task.resolve("status")).contains("TracerPid:\t0")) {
          return false;
        }
      }
    }
    return true;
  }

  /** Waits until so many calls have failed. */
  void await(int calls) {
    Patience.await().until(() -> injected() >= calls);
  }

  private long injected() throws IOException {
    try (Stream<String> lines = Files.lines(trace)) {
      return lines.filter(line -> line.contains("(INJECTED)")).count();
    }
  }

  @Override
  public void close() {
    strace.destroy();
    strace.onExit().join();
  }
}
