/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.Change;
import io.walwatch.agent.state.CheckpointFacts;
import io.walwatch.agent.state.JobsSnapshot;
import io.walwatch.agent.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When what is known is written down, and when it is shown. */
final class PublisherTest {
  private final TestClock clock = new TestClock();
  private final List<String> done = new ArrayList<>();
  private boolean works = true;
  private long sizeBytes = 1_000;
  private final Publisher publisher =
      new Publisher(
          new Keeper(),
          checkpoint -> {
            done.add("show");
            return new Snapshot(
                List.of(), List.of(), List.of(), JobsSnapshot.NONE, AgentSnapshot.NONE);
          },
          clock);

  @Test
  void shouldWriteDownBeforeItShows() {
    assertThat(publisher.published()).isNull();

    assertThat(publisher.offer(Change.EVENT)).isTrue();

    assertThat(done).containsExactly("save", "show");
    assertThat(publisher.published()).isNotNull();
  }

  @Test
  void shouldShowWhatWasKnownBeforeOnlyIfTheFirstLookHangs() {
    publisher.prepare();
    assertThat(done).containsExactly("save", "show");
    clock.advanceMillis(2_999);
    assertThat(publisher.scraped()).isNull();

    clock.advanceMillis(1);
    assertThat(publisher.scraped()).isNotNull();
    assertThat(publisher.published()).as("the first look is not over").isNull();

    publisher.offer(Change.EVENT);
    publisher.prepare();
    assertThat(publisher.scraped()).isNotNull().isSameAs(publisher.published());
  }

  @Test
  void shouldNotShowWhatWasKnownBeforeIfItCannotBeWrittenDown() {
    works = false;
    publisher.prepare();
    clock.advanceMillis(10_000);
    assertThat(publisher.scraped()).isNull();
  }

  @Test
  void shouldPublishAtMostFourTimesASecond() {
    for (int i = 0; i < 1_000; i++) {
      publisher.offer(Change.EVENT);
      clock.advanceMillis(1);
    }
    assertThat(done).filteredOn("show"::equals).hasSize(4);
  }

  @Test
  void shouldWriteALargeCheckpointLessOften() {
    sizeBytes = 256_000;
    for (int i = 0; i < 3_000; i++) {
      publisher.offer(Change.EVENT);
      clock.advanceMillis(1);
    }
    assertThat(done).filteredOn("save"::equals).hasSize(3);
  }

  @Test
  void shouldShowWhatIsNewWithinFiveSecondsHoweverLargeTheCheckpointIs() {
    sizeBytes = 60_000_000;
    publisher.offer(Change.EVENT);
    done.clear();
    clock.advanceMillis(5_000);

    publisher.offer(Change.EVENT);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldShowAnEventAtOnceBesideALogThatFloods() {
    publisher.offer(Change.EVENT);
    flood(10_300);
    done.clear();

    publisher.offer(Change.EVENT);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldKeepAnEventWaitingThatComesJustAfterReadingWasWrittenDown() {
    publisher.offer(Change.EVENT);
    flood(10_100);

    assertThat(publisher.offer(Change.EVENT)).isFalse();
    assertThat(publisher.dueInMillis()).isEqualTo(150);
  }

  @Test
  void shouldShowHowFarItReadOnceASecond() {
    publisher.offer(Change.EVENT);
    done.clear();

    flood(10_000);

    assertThat(done).filteredOn("show"::equals).hasSize(10);
    assertThat(publisher.offer(Change.READ)).isFalse();
  }

  private void flood(int millis) {
    for (int i = 0; i < millis; i++) {
      clock.advanceMillis(1);
      publisher.offer(Change.READ);
    }
  }

  @Test
  void shouldSayThatSomethingIsStillToBeWrittenDown() {
    publisher.offer(Change.EVENT);
    clock.advanceMillis(100);

    assertThat(publisher.offer(Change.EVENT)).isFalse();
    assertThat(publisher.dueInMillis()).isEqualTo(150);

    clock.advanceMillis(150);
    assertThat(publisher.offer(Change.NONE)).isTrue();
    assertThat(done).containsExactly("save", "show", "save", "show");
  }

  @Test
  void shouldShowFreshFactsWithoutWritingWhereNothingHappened() {
    publisher.offer(Change.EVENT);
    done.clear();
    for (int second = 0; second < 50; second++) {
      clock.advanceMillis(1_000);
      publisher.offer(Change.NONE);
    }
    assertThat(done).hasSize(10).containsOnly("show");
  }

  @Test
  void shouldShowALoneChangeAtOnceEvenJustAfterAFreshLook() {
    publisher.offer(Change.EVENT);
    clock.advanceMillis(5_000);
    publisher.offer(Change.NONE);
    done.clear();
    clock.advanceMillis(1);

    publisher.offer(Change.EVENT);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldWriteAtLeastOnceAMinute() {
    publisher.offer(Change.EVENT);
    done.clear();
    for (int second = 0; second < 120; second++) {
      clock.advanceMillis(1_000);
      publisher.offer(Change.NONE);
    }
    assertThat(done).filteredOn("save"::equals).hasSize(2);
  }

  @Test
  void shouldGoOnWhenTheClockIsSetBack() {
    publisher.offer(Change.EVENT);
    done.clear();
    clock.advanceMillis(-3_600_000);

    publisher.offer(Change.EVENT);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldTryAgainEveryFiveSecondsWhereItCannotWrite() {
    works = false;
    assertThat(publisher.offer(Change.EVENT)).isFalse();
    clock.advanceMillis(4_999);
    assertThat(publisher.offer(Change.NONE)).isFalse();
    works = true;
    clock.advanceMillis(1);

    assertThat(publisher.offer(Change.NONE)).isTrue();

    assertThat(done).containsExactly("save", "show", "save", "show");
  }

  @Test
  void shouldLeaveACleanCheckpointWhenItStops() {
    publisher.stop();

    assertThat(done).containsExactly("clean save");
  }

  private final class Keeper implements CheckpointKeeper {
    @Override
    public boolean save(boolean stopping) {
      done.add(stopping ? "clean save" : "save");
      return works;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public CheckpointFacts facts() {
      return CheckpointFacts.NONE;
    }
  }
}
