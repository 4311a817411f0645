/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.JobsSnapshot;
import io.walwatch.agent.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** When what is known is written down, and when it is shown. */
final class PublisherTest {
  private final TestClock clock = new TestClock();
  private final List<String> done = new ArrayList<>();
  private boolean works = true;
  private final Publisher publisher =
      new Publisher(
          new Keeper(),
          agent -> {
            done.add("show");
            return new Snapshot(List.of(), List.of(), List.of(), JobsSnapshot.NONE, agent);
          },
          clock);

  @Test
  void shouldWriteDownBeforeItShows() {
    assertThat(publisher.published()).isNull();

    assertThat(publisher.offer(true)).isTrue();

    assertThat(done).containsExactly("save", "show");
    assertThat(publisher.published()).isNotNull();
  }

  @Test
  void shouldPublishAtMostFourTimesASecond() {
    for (int i = 0; i < 1_000; i++) {
      publisher.offer(true);
      clock.advanceMillis(1);
    }
    assertThat(done).filteredOn("show"::equals).hasSize(4);
  }

  @Test
  void shouldSayThatSomethingIsStillToBeWrittenDown() {
    publisher.offer(true);
    clock.advanceMillis(100);

    assertThat(publisher.offer(true)).isFalse();
    assertThat(publisher.dueInMillis()).isEqualTo(150);

    clock.advanceMillis(150);
    assertThat(publisher.offer(false)).isTrue();
    assertThat(done).containsExactly("save", "show", "save", "show");
  }

  @Test
  void shouldShowFreshFactsWithoutWritingWhereNothingHappened() {
    publisher.offer(true);
    done.clear();
    for (int second = 0; second < 50; second++) {
      clock.advanceMillis(1_000);
      publisher.offer(false);
    }
    assertThat(done).hasSize(10).containsOnly("show");
  }

  @Test
  void shouldShowALoneChangeAtOnceEvenJustAfterAFreshLook() {
    publisher.offer(true);
    clock.advanceMillis(5_000);
    publisher.offer(false);
    done.clear();
    clock.advanceMillis(1);

    publisher.offer(true);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldWriteAtLeastOnceAMinute() {
    publisher.offer(true);
    done.clear();
    for (int second = 0; second < 120; second++) {
      clock.advanceMillis(1_000);
      publisher.offer(false);
    }
    assertThat(done).filteredOn("save"::equals).hasSize(2);
  }

  @Test
  void shouldGoOnWhenTheClockIsSetBack() {
    publisher.offer(true);
    done.clear();
    clock.advanceMillis(-3_600_000);

    publisher.offer(true);

    assertThat(done).containsExactly("save", "show");
  }

  @Test
  void shouldTryAgainEveryFiveSecondsWhereItCannotWrite() {
    works = false;
    assertThat(publisher.offer(true)).isFalse();
    clock.advanceMillis(4_999);
    assertThat(publisher.offer(false)).isFalse();
    works = true;
    clock.advanceMillis(1);

    assertThat(publisher.offer(false)).isTrue();

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
    public AgentSnapshot snapshot() {
      return new AgentSnapshot(OptionalLong.empty(), 0, Map.of(), 0);
    }
  }
}
