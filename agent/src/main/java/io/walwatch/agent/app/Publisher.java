/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.Change;
import io.walwatch.agent.state.CheckpointFacts;
import io.walwatch.agent.state.Snapshot;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is known visible: written down first, shown after. At most four times a second, less
 * often where what is written is large, and at least once a minute, so that the checkpoint's age
 * means something.
 */
final class Publisher {
  private static final long LEAST_PAUSE_MILLIS = 250;

  /** A log that floods with what nobody waits for leaves the next event its turn at once. */
  private static final long READING_PAUSE_MILLIS = 1_000;

  /** 256 KiB a second: a long queue with scattered names must not keep the database's disk busy. */
  private static final long WRITTEN_PER_MILLI_BYTES = 256;

  private static final long MOST_PAUSE_MILLIS = 60_000;

  /** The file systems' sizes and the like change without an event. */
  private static final long REFRESH_MILLIS = 5_000;

  /** A file system that does not answer must not hide what is known from before. */
  private static final long FIRST_LOOK_MILLIS = 3_000;

  private final CheckpointKeeper keeper;
  private final Function<CheckpointFacts, Snapshot> snapshots;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Snapshot> published = new AtomicReference<>();
  private volatile @Nullable Reserve reserve;
  private long lastMillis;
  private long lastSaveMillis;
  private Change pending = Change.EVENT;
  private boolean kept;

  /** What is shown from some time on if nothing newer is there by then. */
  private record Reserve(Snapshot snapshot, long fromMillis) {}

  Publisher(
      CheckpointKeeper keeper, Function<CheckpointFacts, Snapshot> snapshots, InstantSource clock) {
    this.keeper = keeper;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** The newest snapshot, null before the first turn of the loop. Any thread. */
  @Nullable Snapshot published() {
    return published.get();
  }

  /**
   * Takes what is known before the logs are looked at for the first time, and writes it down: if
   * that look hangs, it is what scrapes get.
   */
  void prepare() {
    if (published.get() == null && reserve == null && keeper.save(false)) {
      Snapshot known = snapshots.apply(keeper.facts());
      reserve = new Reserve(known, clock.millis() + FIRST_LOOK_MILLIS);
    }
  }

  /**
   * What a scrape gets: the newest snapshot, or what was known before the first look if that does
   * not end for some seconds, or null. Any thread.
   */
  @Nullable Snapshot scraped() {
    Snapshot newest = published.get();
    Reserve known = reserve;
    return newest == null && known != null && clock.millis() >= known.fromMillis
        ? known.snapshot
        : newest;
  }

  /** How long until {@link #offer} would publish by itself. */
  long dueInMillis() {
    return Math.max(1, remainingMillis(clock.millis()));
  }

  /**
   * Publishes if it is time to.
   *
   * @param changed what has changed since the last call: what has is never shown before it is
   *     written down
   * @return whether everything that was offered so far has been written down
   */
  boolean offer(Change changed) {
    pending = pending.or(changed);
    long now = clock.millis();
    if (remainingMillis(now) <= 0) {
      publish(now);
    }
    return kept && pending == Change.NONE;
  }

  /** What is only shown afresh costs no rename: no change has to wait for that. */
  private long remainingMillis(long now) {
    return switch (pending) {
      case EVENT -> pauseMillis(LEAST_PAUSE_MILLIS) - sinceMillis(lastSaveMillis, now);
      case READ -> pauseMillis(READING_PAUSE_MILLIS) - sinceMillis(lastSaveMillis, now);
      case NONE -> REFRESH_MILLIS - sinceMillis(lastMillis, now);
    };
  }

  private long pauseMillis(long least) {
    long bySize = keeper.sizeBytes() / WRITTEN_PER_MILLI_BYTES;
    return Math.max(least, Math.min(bySize, REFRESH_MILLIS));
  }

  /** A clock that was set back must not silence the agent until it has caught up. */
  private static long sinceMillis(long then, long now) {
    return Math.abs(now - then);
  }

  private void publish(long now) {
    lastMillis = now;
    if (pending != Change.NONE || !kept || sinceMillis(lastSaveMillis, now) >= MOST_PAUSE_MILLIS) {
      kept = keeper.save(false);
      lastSaveMillis = now;
    }
    published.set(snapshots.apply(keeper.facts()));
    pending = Change.NONE;
  }

  /** The last checkpoint of a clean stop. */
  void stop() {
    keeper.save(true);
  }
}
