/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.WalFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * METRICS.md: for pushes whose begin was seen, started = completed + skipped + failed + abandoned +
 * in flight. Held against a small model, over random lives of a few processes and segments.
 */
final class SumRuleTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T13:00:00Z"));
  private static final int RUNS = 200;
  private static final int STEPS = 200;
  private static final List<MessageSeverity> SEVERITIES =
      List.of(
          MessageSeverity.INFO,
          MessageSeverity.WARNING,
          MessageSeverity.ERROR,
          MessageSeverity.CRITICAL);

  private ArchiverState archiver = new ArchiverState("wal-e", CLOCK, push -> {});
  private final Set<String> inFlight = new HashSet<>();
  private long unmatched;
  private long nowMillis;

  @Test
  void shouldHoldAfterEveryStepOfRandomLives() {
    for (long seed = 1; seed <= RUNS; seed++) {
      archiver = new ArchiverState("wal-e", CLOCK, push -> {});
      inFlight.clear();
      unmatched = 0;
      nowMillis = 1_000_000;
      Random random = new Random(seed);
      for (int step = 0; step < STEPS; step++) {
        nowMillis += random.nextInt(100);
        String done = step(random);
        check("seed " + seed + ", step " + step + ": " + done);
      }
    }
  }

  private String step(Random random) {
    long pid = 1L + random.nextInt(4);
    String segment = "00000001000000000000000" + (1 + random.nextInt(5));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        inFlight.removeIf(push -> push.endsWith(segment));
        inFlight.add(pid + " " + segment);
        return push(PushState.BEGIN, pid, segment);
      }
      case 4, 5 -> {
        return end(PushState.COMPLETE, pid, segment);
      }
      case 6 -> {
        return end(random.nextBoolean() ? PushState.SKIP : PushState.FAIL, pid, segment);
      }
      case 7 -> {
        return message(random, pid);
      }
      case 8 -> {
        inFlight.removeIf(push -> push.startsWith(pid + " "));
        archiver.abandonGone(gone -> gone == pid);
        return "gone " + pid;
      }
      default -> {
        return rare(random);
      }
    }
  }

  private String rare(Random random) {
    switch (random.nextInt(8)) {
      case 0 -> {
        inFlight.clear();
        archiver.abandonAll();
        return "boot";
      }
      case 1 -> {
        inFlight.clear();
        archiver.expire(nowMillis + 1);
        return "all expire";
      }
      case 2 -> {
        archiver.expire(0);
        return "none expires";
      }
      default -> {
        Node saved = new Node();
        archiver.save(saved);
        archiver = new ArchiverState("wal-e", CLOCK, push -> {});
        archiver.restore(saved, true);
        return "restart";
      }
    }
  }

  private String message(Random random, long pid) {
    MessageSeverity severity = SEVERITIES.get(random.nextInt(SEVERITIES.size()));
    if (severity == MessageSeverity.ERROR || severity == MessageSeverity.CRITICAL) {
      inFlight.removeIf(push -> push.startsWith(pid + " "));
    }
    archiver.message(
        new LogEvent.Message(
            Instant.ofEpochMilli(nowMillis), "wal-e", severity, pid, "text", null, false));
    return severity + " of " + pid;
  }

  private String end(PushState how, long pid, String segment) {
    if (!inFlight.remove(pid + " " + segment)) {
      unmatched++;
    }
    return push(how, pid, segment);
  }

  private String push(PushState state, long pid, String segment) {
    WalFile file = Objects.requireNonNull(WalFile.parse(segment));
    archiver.push(
        new LogEvent.Push(Instant.ofEpochMilli(nowMillis), "wal-e", state, file, pid, null, null),
        nowMillis);
    return state + " " + pid + " " + segment;
  }

  private void check(String when) {
    ArchiverSnapshot now = archiver.copy(0);
    assertThat(now.inFlight()).as(when).isEqualTo(inFlight.size());
    assertThat(count(now, PushCount.UNMATCHED)).as(when).isEqualTo(unmatched);
    long ended =
        count(now, PushCount.COMPLETED)
            + count(now, PushCount.SKIPPED)
            + count(now, PushCount.FAILED)
            + count(now, PushCount.ABANDONED)
            - count(now, PushCount.UNMATCHED);
    assertThat(count(now, PushCount.STARTED)).as(when).isEqualTo(ended + now.inFlight());
  }

  private static long count(ArchiverSnapshot snapshot, PushCount what) {
    return Objects.requireNonNull(snapshot.pushes().get(what));
  }
}
