/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be read at the moment: told once for each change, tried again for ever, ever more
 * seldom.
 */
final class Troubles {
  private static final long FIRST_DELAY_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LAST_DELAY_NANOS = Duration.ofSeconds(2).toNanos();

  /** The time between a rename and the creation of the new file is no trouble yet. */
  private static final long GAP_NANOS = Duration.ofSeconds(2).toNanos();

  private final TailEvents events;
  private final LongSupplier nanoClock;
  private final LastUsed<Object, Trouble> troubles;

  Troubles(TailEvents events, LongSupplier nanoClock) {
    this.events = events;
    this.nanoClock = nanoClock;
    this.troubles =
        new LastUsed<>(
            trouble -> {
              events.limited(TailBound.PATHS, 1);
              trouble.gone();
            });
  }

  /**
   * Whether it is time to try again; true for what has no trouble.
   *
   * @param what a path, or a file where a path may lead to several, one after the other
   */
  boolean mayTry(Object what) {
    Trouble trouble = troubles.get(what);
    return trouble == null || nanoClock.getAsLong() - trouble.nextNanos >= 0;
  }

  /** An attempt failed; the next one has to wait. */
  void failed(String path, IOException failure) {
    failed(path, path, failure);
  }

  /** As {@link #failed(String, IOException)}, of a file that is called by a path. */
  void failed(Object what, String path, IOException failure) {
    Trouble trouble = trouble(what);
    trouble.postpone();
    trouble.tell(path, IoReason.of(failure), 0);
  }

  /**
   * A look shows that a path leads nowhere. Looking is cheap and is done again at each tick.
   *
   * @param wasThere whether it led to a file a moment ago
   */
  void missing(String path, String problem, boolean wasThere) {
    trouble(path).tell(path, problem, wasThere ? GAP_NANOS : 0);
  }

  void worked(String path) {
    worked(path, path);
  }

  void worked(Object what, String path) {
    Trouble trouble = troubles.remove(what);
    if (trouble != null && trouble.told != null) {
      // Of a file that was renamed since: what was said is taken back.
      if (!trouble.path.equals(path)) {
        events.gone(trouble.path);
      }
      events.readable(path);
    }
  }

  /** It is not tried any more, or is none that could be read. */
  void gone(Object what) {
    Trouble trouble = troubles.remove(what);
    if (trouble != null) {
      trouble.gone();
    }
  }

  /**
   * Forgets what was told of paths that lead nowhere, and did not a moment ago.
   *
   * @param mayBeThere whether a path may lead somewhere; asked of those that were told only
   */
  void forgetGone(Predicate<String> mayBeThere) {
    troubles
        .values()
        .removeIf(
            trouble -> {
              boolean over = trouble.told != null && trouble.isGone(mayBeThere);
              if (over) {
                trouble.gone();
              }
              return over;
            });
  }

  /** What is wrong with a link that is there and leads nowhere. */
  static String problemOfLink(FileSystemException failure) {
    return failure.getReason() == null ? "a link to what does not exist" : failure.getReason();
  }

  private Trouble trouble(Object what) {
    return troubles.computeIfAbsent(what, p -> new Trouble(nanoClock.getAsLong()));
  }

  private final class Trouble {
    private final long sinceNanos;
    private long delayNanos = FIRST_DELAY_NANOS;
    private long nextNanos;
    private long thereNanos;
    private @Nullable String told;
    private String path = "";

    Trouble(long sinceNanos) {
      this.sinceNanos = sinceNanos;
      this.nextNanos = sinceNanos;
      this.thereNanos = sinceNanos;
    }

    void postpone() {
      nextNanos = nanoClock.getAsLong() + delayNanos;
      delayNanos = Math.min(2 * delayNanos, LAST_DELAY_NANOS);
    }

    void tell(String where, String problem, long patienceNanos) {
      if (nanoClock.getAsLong() - sinceNanos >= patienceNanos && !problem.equals(told)) {
        if (!where.equals(path)) {
          gone();
        }
        told = problem;
        path = where;
        events.unreadable(where, problem);
      }
    }

    boolean isGone(Predicate<String> mayBeThere) {
      if (mayBeThere.test(path)) {
        thereNanos = nanoClock.getAsLong();
      }
      return nanoClock.getAsLong() - thereNanos >= GAP_NANOS;
    }

    void gone() {
      if (told != null) {
        events.gone(path);
      }
    }
  }
}
