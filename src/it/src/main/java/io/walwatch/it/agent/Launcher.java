/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts the packed program as a user would: {@code bin/walwatch}, as a process.
 *
 * @param home the unpacked distribution
 * @param environment variables to set
 * @param wrapper what stands before the program on the command line
 */
public record Launcher(Path home, Map<String, String> environment, List<String> wrapper) {
  private static final long COMMAND_LIMIT_SECONDS = 60;

  public Launcher {
    environment = Map.copyOf(environment);
    wrapper = List.copyOf(wrapper);
  }

  /** The tree that this build has packed, run by the Java that runs this build. */
  public static Launcher packed() {
    String home = System.getProperty("walwatch.home", "src/dist/target/walwatch");
    return new Launcher(
        Path.of(home), Map.of("JAVA_HOME", System.getProperty("java.home")), List.of());
  }

  /** The same with one variable more. */
  public Launcher with(String name, String value) {
    Map<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Launcher(home, changed, wrapper);
  }

  /**
   * The same without any capability, so that the modes of files count for root as well: what root
   * owns and nobody may read is unreadable. For any other user this changes nothing.
   */
  public Launcher unprivileged() {
    if (!System.getProperty("user.name").equals("root")) {
      return this;
    }
    return new Launcher(
        home, environment, List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"));
  }

  /**
   * The same in a user namespace of its own, in which the kernel gives no more of something.
   *
   * @param limit {@code inotify_instances} or {@code inotify_watches}
   */
  public Launcher without(String limit) {
    String script = "echo 0 >/proc/sys/user/max_" + limit + " && exec \"$@\"";
    return new Launcher(
        home,
        environment,
        List.of("unshare", "--user", "--map-root-user", "sh", "-c", script, "sh"));
  }

  /** Starts {@code serve} on a free port of the loopback address. Returns at once. */
  public AgentProcess serve(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    return new AgentProcess(start(arguments));
  }

  /** Runs a command that ends by itself. */
  public CommandResult run(String... arguments) throws IOException, InterruptedException {
    Process process = start(List.of(arguments));
    process.getOutputStream().close();
    ProcessOutput output = ProcessOutput.of(process.getInputStream(), "walwatch-stdout");
    ProcessOutput errors = ProcessOutput.of(process.getErrorStream(), "walwatch-stderr");
    if (!process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          String.join(" ", arguments) + " did not end; it said " + errors.lines());
    }
    output.join();
    errors.join();
    return new CommandResult(process.exitValue(), output.lines(), errors.lines());
  }

  private Process start(List<String> arguments) throws IOException {
    Path program = home.resolve("bin").resolve("walwatch");
    if (!Files.isExecutable(program)) {
      throw new IOException(program + " is not there: run `mvn package` first");
    }
    List<String> command = new ArrayList<>(wrapper);
    command.add(program.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("WALWATCH_"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
