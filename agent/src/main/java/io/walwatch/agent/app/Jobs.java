/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.JobConfig;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobSpool;
import io.walwatch.agent.jobs.JobTeller;
import io.walwatch.agent.jobs.RunningProcesses;
import io.walwatch.agent.state.JobsState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The jobs of {@code walwatch run}, as the loop looks after them. Loop's thread only. */
final class Jobs {
  private static final Logger logger = LogManager.getLogger(Jobs.class);

  private final JobsState state;
  private final JobSpool spool;
  private final JobTeller teller;
  private final Timer due;
  private String said = "";

  private Jobs(
      Path spool,
      String boot,
      JobsState state,
      JobEvents events,
      InstantSource clock,
      Runnable waker) {
    this.state = state;
    this.spool = new JobSpool(spool);
    this.teller =
        new JobTeller(
            this.spool,
            new RunningProcesses(Path.of("/proc"), boot),
            events,
            clock,
            Executors.newSingleThreadExecutor(Jobs::thread),
            waker);
    this.due = new Timer(clock, Duration.ofMillis(500));
    this.due.force();
  }

  /** The agent must be able to end although one read does not. */
  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "walwatch-jobs");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Says what is expected, and makes the spool.
   *
   * @param waker run, on another thread, when something was found
   */
  static Jobs open(
      AgentConfig config,
      Host host,
      JobsState state,
      FailureWatch failures,
      InstantSource clock,
      Runnable waker) {
    Jobs jobs = new Jobs(spool(config), host.boot(), state, failures.around(state), clock, waker);
    jobs.expect(config);
    jobs.create();
    return jobs;
  }

  /** From now on what this configuration says is expected. */
  void expect(AgentConfig config) {
    state.expect(expected(config));
  }

  /** Where jobs leave their records, of an agent with this configuration. */
  private static Path spool(AgentConfig config) {
    return config.stateDirectory().resolve("spool").resolve("jobs");
  }

  /** How often each configured job ought to succeed. */
  private static Map<String, Duration> expected(AgentConfig config) {
    Map<String, Duration> expected = new LinkedHashMap<>();
    for (JobConfig job : config.jobs()) {
      expected.put(job.name(), job.every());
    }
    return expected;
  }

  /** Makes the spool. Where that fails, jobs run all the same, and the metrics say it. */
  private void create() {
    try {
      spool.create();
    } catch (IOException | UnsupportedOperationException e) {
      logger.error(
          "The spool {} cannot be made ({}): what walwatch run runs is not recorded",
          spool.directory(),
          e.toString());
    }
  }

  void tick() {
    if (teller.tell()) {
      due.force();
    }
    if (due.isDue()) {
      due.done();
      teller.ask();
    }
  }

  /** All that was told so far is in the checkpoint. */
  void kept() {
    String problem = teller.kept();
    if (!problem.isEmpty() && !problem.equals(said)) {
      logger.warn("A record of a job is done with and cannot be removed: {}", problem);
    }
    said = problem;
  }
}
