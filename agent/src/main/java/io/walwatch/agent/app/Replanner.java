/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.discovery.WatchPlan;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Looks now and then whether there is more to watch, or something else: a server that was created,
 * a data directory that became readable and tells of its logs, a setting that sends them elsewhere.
 * Loop's thread only.
 */
final class Replanner {
  private static final Logger logger = LogManager.getLogger(Replanner.class);
  private static final long PAUSE_MILLIS = 30_000;

  private final HostLook look;
  private final Watched watched;
  private final InstantSource clock;
  private final Set<String> said = new HashSet<>();
  private long lastMillis;
  private Set<String> problems = Set.of();

  /**
   * Plans nothing yet.
   *
   * @param said what was said to the operator already
   */
  Replanner(HostLook look, Watched watched, InstantSource clock, List<String> said) {
    this.look = look;
    this.watched = watched;
    this.clock = clock;
    this.said.addAll(said);
    this.lastMillis = clock.millis();
  }

  /** Plans anew where that is due; returns whether there is more to watch now. */
  boolean tick() {
    long now = clock.millis();
    if (!look.isUnderWay() && Math.abs(now - lastMillis) < PAUSE_MILLIS) {
      return false;
    }
    Optional<WatchPlan> plan = look.take();
    long plannedMillis = lastMillis;
    lastMillis = plan.isPresent() ? now : lastMillis;
    return plan.isPresent() && takeUp(plan.get(), plannedMillis);
  }

  private boolean takeUp(WatchPlan plan, long plannedMillis) {
    try {
      // Settings that cannot be read for a moment say nothing.
      boolean followed = problems.containsAll(plan.problems()) && watched.follow(plan);
      problems = Set.copyOf(plan.problems());
      say(plan);
      return watched.add(plan, plannedMillis) || followed;
    } catch (UsageException e) {
      logger.error("{}", e.getMessage());
      return false;
    }
  }

  /**
   * Plans otherwise from now on.
   *
   * @param plan the first of these, which is taken up already
   */
  void planBy(Supplier<WatchPlan> other, WatchPlan plan) {
    look.by(other);
    lastMillis = clock.millis();
    problems = Set.copyOf(plan.problems());
    say(plan);
  }

  private void say(WatchPlan plan) {
    for (String line : Watchlist.lines(plan)) {
      if (said.add(line)) {
        logger.info("{}", line);
      }
    }
  }
}
