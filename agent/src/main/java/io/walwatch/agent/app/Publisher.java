/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.Snapshot;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is known visible: written down first, shown after. At most four times a second, and at
 * least once a minute, so that the checkpoint's age means something.
 */
final class Publisher {
  private static final long LEAST_PAUSE_MILLIS = 250;
  private static final long MOST_PAUSE_MILLIS = 60_000;

  /** The file systems' sizes and the like change without an event. */
  private static final long REFRESH_MILLIS = 5_000;

  private final CheckpointKeeper keeper;
  private final Function<AgentSnapshot, Snapshot> snapshots;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Snapshot> published = new AtomicReference<>();
  private long lastMillis;
  private long lastSaveMillis;
  private boolean pending = true;

  Publisher(
      CheckpointKeeper keeper, Function<AgentSnapshot, Snapshot> snapshots, InstantSource clock) {
    this.keeper = keeper;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** The newest snapshot, null before the first turn of the loop. Any thread. */
  @Nullable Snapshot published() {
    return published.get();
  }

  /** How long until {@link #offer} would publish by itself. */
  long dueInMillis() {
    long since = clock.millis() - lastMillis;
    return Math.max(1, (pending ? LEAST_PAUSE_MILLIS : REFRESH_MILLIS) - since);
  }

  /** Publishes if it is time to. */
  void offer(boolean changed) {
    pending |= changed;
    long now = clock.millis();
    if (now - lastMillis >= (pending ? LEAST_PAUSE_MILLIS : REFRESH_MILLIS)) {
      publish(now);
    }
  }

  private void publish(long now) {
    if (pending || now - lastSaveMillis >= MOST_PAUSE_MILLIS) {
      keeper.save(false);
      lastSaveMillis = now;
    }
    published.set(snapshots.apply(keeper.snapshot()));
    pending = false;
    lastMillis = now;
  }

  /** The last checkpoint of a clean stop. */
  void stop() {
    keeper.save(true);
  }
}
