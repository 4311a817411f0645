/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The schedule, with listers that are latches. */
@Timeout(60)
final class InventoryTest {
  @Test
  void shouldLookAgainAndAgainOneLookOfASetAtATime() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(3);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Inventory inventory = inventory()) {
      inventory.start(
          List.of(
              set(
                  "a",
                  () -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    three.countDown();
                    atOnce.decrementAndGet();
                    throw new ListingException("no");
                  })));
      assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void shouldNotLetASetThatHangsKeepTheOthersWaiting() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(2);
    Lister hanging =
        () -> {
          never.await();
          throw new ListingException("unreachable");
        };
    Lister working =
        () -> {
          looked.countDown();
          return new Tally().listing();
        };
    try (Inventory inventory = inventory()) {
      inventory.start(List.of(set("hanging", hanging), set("working", working)));
      assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldSurviveAFaultOfAPlugin() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    try (Inventory inventory = inventory()) {
      inventory.start(
          List.of(
              set(
                  "a",
                  () -> {
                    twice.countDown();
                    throw new IllegalStateException("a plug-in's own");
                  })));
      assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Inventory inventory() {
    return new Inventory(
        Launcher.create(), new Spool(Path.of("/nowhere")), InstantSource.system(), new Random(1));
  }

  private static BackupSet set(String name, Lister lister) {
    return new BackupSet(
        name,
        "wal-e",
        Duration.ofMillis(20),
        lister,
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }
}
