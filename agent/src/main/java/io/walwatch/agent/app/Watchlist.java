/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.config.discovery.WatchPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Decides what is watched. */
final class Watchlist {
  private static final Logger logger = LogManager.getLogger(Watchlist.class);

  private static final String NO_SERVER =
      "no PostgreSQL server was found in $PGDATA, under /var/lib/postgresql or /var/lib/pgsql; name"
          + " a data directory with --pgdata DIR, a log with --log GLOB or a queue with"
          + " --archive-status DIR";

  /** What is watched where a file system keeps the look at the host from ending. */
  static final WatchPlan NOTHING_YET =
      new WatchPlan(
          List.of(),
          List.of(),
          List.of(),
          List.of(
              "nothing can be watched yet: a data directory, or a directory where servers are looked"
                  + " for, does not answer (a dead network file system?); all is watched as soon as"
                  + " it does"));

  private Watchlist() {}

  /**
   * Everything that is to be looked at once: configured, or found on this host.
   *
   * @throws UsageException when there is nothing to watch
   */
  static WatchPlan plan(AgentConfig config) throws UsageException {
    WatchPlan plan = look(config);
    if (isEmpty(plan) && config.backups().isEmpty()) {
      String looked =
          plan.findings().stream()
              .map(finding -> "; " + finding.line())
              .collect(Collectors.joining());
      String why = config.discovery() ? NO_SERVER + looked : "neither servers, sources nor backups";
      throw new UsageException("there is nothing to watch: " + why);
    }
    return plan;
  }

  private static boolean isEmpty(WatchPlan plan) {
    return plan.servers().isEmpty() && plan.sources().isEmpty();
  }

  /** Looks at the host anew: a server may be created, or become readable, at any time. */
  static WatchPlan look(AgentConfig config) {
    return new WatchPlanner(System.getenv(), new KnownNames().framings()).plan(config);
  }

  /** What there is to say about a plan, one line each. */
  static List<String> lines(WatchPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.findings().forEach(finding -> lines.add(finding.line()));
    for (LogSource source : plan.sources()) {
      lines.add("reading " + source.name() + ": " + describe(source.input()));
    }
    lines.addAll(plan.problems());
    return lines;
  }

  /** Says what is watched, what is not, and why. */
  static void say(WatchPlan plan, AgentConfig config) {
    lines(plan).forEach(line -> logger.info("{}", line));
    if (isEmpty(plan) && config.discovery()) {
      logger.warn("There is nothing to watch yet; walwatch stays and looks again: {}", NO_SERVER);
    }
  }

  /** The part of a plan that can be looked at without being the agent: its files. */
  static WatchPlan filesOnly(WatchPlan plan) {
    List<LogSource> files =
        plan.sources().stream()
            .filter(source -> source.input() instanceof SourceInput.Files)
            .toList();
    return new WatchPlan(plan.servers(), files, plan.findings(), plan.problems());
  }

  static String describe(SourceInput input) {
    if (input instanceof SourceInput.Files files) {
      return String.join(", ", files.globs());
    }
    if (input instanceof SourceInput.Syslog syslog) {
      return "syslog on " + syslog.transport() + " " + syslog.address();
    }
    return input instanceof SourceInput.Journal journal
        ? "the journal of " + journal.unit()
        : "standard input";
  }
}
