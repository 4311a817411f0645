/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts commands without a shell: in a session of their own and with a mark in their environment,
 * so that all that they start can be killed; with the lowest priority, since the database comes
 * first; and with a limit that ends them even if the agent is killed meanwhile. Any thread.
 */
public final class Launcher implements AutoCloseable {
  /** The agent's own limit comes first. */
  private static final long GRACE_SECONDS = 10;

  private final Programs programs;
  private final Set<Child> running = ConcurrentHashMap.newKeySet();

  Launcher(Programs programs) {
    this.programs = programs;
  }

  /** One that finds programs in the PATH of this process. */
  public static Launcher create() {
    return new Launcher(Programs.ofEnvironment());
  }

  /**
   * Starts a command.
   *
   * @throws ListingException when it cannot be started
   */
  Child start(List<String> command, Duration timeout) throws ListingException {
    Path program = programs.find(command.get(0));
    List<String> line = new ArrayList<>();
    boolean leads = programs.search("setsid").isPresent();
    wrap(line, "setsid");
    wrap(line, "timeout", "--signal=KILL", Long.toString(timeout.toSeconds() + GRACE_SECONDS));
    wrap(line, "nice", "-n", "19");
    wrap(line, "ionice", "-t", "-c", "3");
    line.add(program.toString());
    line.addAll(command.subList(1, command.size()));
    try {
      Offspring offspring = new Offspring();
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().put(Offspring.VARIABLE, offspring.value());
      Process process = builder.start();
      process.getOutputStream().close();
      if (leads) {
        offspring.ofGroup(process.pid());
      }
      Child child = new Child(process, leads, offspring, timeout, running::remove);
      running.add(child);
      return child;
    } catch (IOException e) {
      throw new ListingException(command.get(0) + " could not be started: " + e.getMessage());
    }
  }

  /** What is not installed (a container has little) is left out. */
  private void wrap(List<String> line, String program, String... arguments) {
    programs
        .search(program)
        .ifPresent(
            file -> {
              line.add(file.toString());
              line.addAll(List.of(arguments));
            });
  }

  /** Kills whatever still runs. */
  @Override
  public void close() {
    running.forEach(Child::kill);
  }
}
