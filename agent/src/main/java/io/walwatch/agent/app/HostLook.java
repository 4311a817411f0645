/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.discovery.WatchPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the host for what is to be watched, on a thread of its own: a data directory on a file
 * system that does not answer holds up neither the start nor the loop. One look at a time; used by
 * one thread at a time.
 */
final class HostLook {
  /** A look at a host that answers takes some milliseconds. */
  static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Executor executor;
  private Supplier<WatchPlan> plans;
  private @Nullable CompletableFuture<WatchPlan> underWay;

  HostLook(Supplier<WatchPlan> plans, Executor executor) {
    this.plans = plans;
    this.executor = executor;
  }

  /** Looks on threads that end with the process, whatever they wait for. */
  static HostLook of(Supplier<WatchPlan> plans) {
    return new HostLook(plans, HostLook::start);
  }

  private static void start(Runnable look) {
    Thread thread = new Thread(look, "look");
    thread.setDaemon(true);
    thread.start();
  }

  /** Looks for something else from now on; a look that is under way is nobody's any more. */
  void by(Supplier<WatchPlan> other) {
    plans = other;
    underWay = null;
  }

  /** Whether a look was begun whose plan nobody took. */
  boolean isUnderWay() {
    return underWay != null;
  }

  /** The plan, where it is there soon; else it can be asked for again. */
  Optional<WatchPlan> take() {
    Duration patience = isUnderWay() ? Duration.ZERO : PATIENCE;
    return within(patience);
  }

  /** As {@link #take()}, but waits for as long. */
  Optional<WatchPlan> within(Duration patience) {
    CompletableFuture<WatchPlan> look = underWay;
    if (look == null) {
      look = CompletableFuture.supplyAsync(plans, executor);
      underWay = look;
    }
    try {
      WatchPlan plan = look.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      underWay = null;
      return Optional.of(plan);
    } catch (TimeoutException notYet) {
      return Optional.empty();
    } catch (ExecutionException e) {
      underWay = null;
      throw new IllegalStateException("the look at the host failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
