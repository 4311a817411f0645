/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedule, with listers that are latches. */
@Timeout(60)
final class InventoryTest {
  @Test
  void shouldLookAgainAndAgainOneLookOfASetAtATime() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(3);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger beside = new AtomicInteger();
    Lister slow =
        () -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          int before = beside.get();
          synchronized (beside) {
            // The other set, which is due as often, is looked at again and again meanwhile.
            while (beside.get() < before + 4) {
              beside.wait();
            }
          }
          three.countDown();
          atOnce.decrementAndGet();
          throw new ListingException("no");
        };
    Lister quick =
        () -> {
          synchronized (beside) {
            beside.incrementAndGet();
            beside.notifyAll();
          }
          throw new ListingException("no");
        };
    try (Inventory inventory = inventory()) {
      inventory.start(List.of(set("slow", slow), set("quick", quick)));
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
          return new Tally(InstantSource.system()).listing();
        };
    try (Inventory inventory = inventory()) {
      inventory.start(List.of(set("hanging", hanging), set("working", working)));
      assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldLetNoneOfManyThatHangTouchTheOthers() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(31);
    CountDownLatch looked = new CountDownLatch(2);
    Lister working =
        () -> {
          looked.countDown();
          throw new ListingException("no");
        };
    try (Inventory inventory = inventory()) {
      inventory.start(hanging(31, hanging));
      assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
      inventory.start(List.of(set("working", working)));
      assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldReadTheSpoolAndTellOfThoseThatWaitWhileAllThreadsHang() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(32);
    try (Inventory inventory = inventory()) {
      inventory.start(hanging(33, hanging));
      assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
      inventory.start(List.of(byTimer("timer")));
      Map<String, Look> looks = new HashMap<>();
      while (inventory.waiting() != 1 || looks.isEmpty()) {
        inventory.drain(looks::put);
        Thread.onSpinWait();
      }
      assertThat(looks).containsOnlyKeys("timer");
    }
  }

  /** As in a network file system whose server is gone: no interrupt ends it. */
  @Test
  void shouldLookAtTheSuccessorOfASetThatHangsAndCannotBeStopped() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean back = new AtomicBoolean();
    Lister deaf =
        () -> {
          begun.countDown();
          while (!back.get()) {
            LockSupport.parkNanos(1_000_000);
          }
          throw new ListingException("no");
        };
    CountDownLatch looked = new CountDownLatch(2);
    Lister working =
        () -> {
          looked.countDown();
          throw new ListingException("no");
        };
    BackupSet hanging = set("a", deaf);
    try (Inventory inventory = inventory()) {
      inventory.start(List.of(hanging));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      inventory.stop(hanging);
      inventory.start(List.of(set("a", working)));
      assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      back.set(true);
    }
  }

  private static List<BackupSet> hanging(int count, CountDownLatch begun) {
    Lister lister =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
          throw new ListingException("unreachable");
        };
    return IntStream.range(0, count).mapToObj(i -> set("hanging" + i, lister)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        NoClassDefFoundError.class,
        StackOverflowError.class,
        AssertionError.class,
        InternalError.class
      })
  void shouldSurviveAFaultOfAPlugin(Class<? extends Throwable> fault) throws Exception {
    Throwable thrown = fault.getDeclaredConstructor().newInstance();
    CountDownLatch twice = new CountDownLatch(2);
    try (Inventory inventory = inventory()) {
      inventory.start(
          List.of(
              set(
                  "a",
                  () -> {
                    twice.countDown();
                    throw sneaky(thrown);
                  })));
      assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> ListingException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static Inventory inventory() {
    return new Inventory(
        Launcher.create(), new Spool(Path.of("/nowhere")), InstantSource.system(), new Random(1));
  }

  private static BackupSet set(String name, Lister lister) {
    return set(name, lister, false);
  }

  private static BackupSet byTimer(String name) {
    return set(
        name,
        () -> {
          throw new ListingException("not asked");
        },
        true);
  }

  private static BackupSet set(String name, Lister lister, boolean byTimer) {
    return new BackupSet(
        name,
        "wal-e",
        Duration.ofMillis(20),
        lister,
        byTimer,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
