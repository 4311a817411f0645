/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks that hang as in a network file system whose server is gone: no interrupt ends them. */
@Timeout(60)
final class TimedListerTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration LATE = Duration.ofSeconds(50);

  private final CountDownLatch serverIsBack = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void letGo() {
    serverIsBack.countDown();
  }

  @Test
  void shouldHandOverWhatIsFoundInTime() throws Exception {
    Lister lister =
        new TimedLister("/dumps", () -> new Tally(InstantSource.system()).listing(), LATE);

    assertThat(lister.list().isEmpty()).isTrue();
    assertThat(lister.list().isEmpty()).as("again").isTrue();
  }

  @Test
  void shouldGiveUpALookThatHangs() {
    assertThatThrownBy(() -> new TimedLister("/dumps/*.tar", this::hang, SOON).list())
        .isInstanceOf(ListingException.class)
        .hasMessageStartingWith("/dumps/*.tar was not listed within 0 s")
        .hasMessageContaining("`timeout`");
  }

  @Test
  void shouldBeginNoOtherLookWhileTheFirstOneHangs() throws InterruptedException {
    TimedLister lister = new TimedLister("/dumps", this::hang, SOON);
    assertThatThrownBy(lister::list).isInstanceOf(ListingException.class);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(lister::list)
          .isInstanceOf(ListingException.class)
          .hasMessageContaining("a look that was given up still waits");
    }
    assertThat(begun).hasValue(1);
  }

  @Test
  void shouldLookAgainWhenTheFileSystemAnswersAgain() throws Exception {
    TimedLister lister = new TimedLister("/dumps", this::hang, SOON);
    assertThatThrownBy(lister::list).isInstanceOf(ListingException.class);
    serverIsBack.countDown();
    ended.await();

    while (begun.get() < 2) {
      assertThatThrownBy(lister::list).isInstanceOf(ListingException.class);
    }
  }

  @Test
  void shouldStopALookThatIsMerelySlow() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Lister slow =
        () -> {
          try {
            new CountDownLatch(1).await();
            throw new ListingException("unreachable");
          } catch (InterruptedException e) {
            stopped.countDown();
            throw e;
          }
        };

    assertThatThrownBy(() -> new TimedLister("/dumps", slow, SOON).list())
        .isInstanceOf(ListingException.class);
    stopped.await();
  }

  @Test
  void shouldEndWithTheAgentThoughTheLookHangs() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> new TimedLister("/dumps", this::hang, LATE).list())
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void shouldSayWhatTheLookSays() {
    Lister failing =
        () -> {
          throw new ListingException("no such directory");
        };
    Lister faulty =
        () -> {
          throw new AssertionError("of a parser");
        };

    assertThatThrownBy(() -> new TimedLister("/dumps", failing, LATE).list())
        .isInstanceOf(ListingException.class)
        .hasMessage("no such directory");
    assertThatThrownBy(() -> new TimedLister("/dumps", faulty, LATE).list())
        .isInstanceOf(AssertionError.class);
  }

  private Listing hang() throws ListingException {
    begun.incrementAndGet();
    while (true) {
      try {
        serverIsBack.await();
        ended.countDown();
        throw new ListingException("the server was gone");
      } catch (InterruptedException deaf) {
        // As the system call that waits.
      }
    }
  }
}
