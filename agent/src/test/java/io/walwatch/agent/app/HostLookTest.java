/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.config.discovery.WatchPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A look at the host that does not end at once. */
final class HostLookTest {
  private static final WatchPlan PLAN =
      new WatchPlan(List.of(), List.of(), List.of(), List.of("found"));

  private final Deque<Runnable> begun = new ArrayDeque<>();
  private final HostLook look = new HostLook(() -> PLAN, begun::add);

  @Test
  void shouldWaitNoLongerThanItsPatience() {
    assertThat(look.within(Duration.ofMillis(1))).isEmpty();
    assertThat(look.isUnderWay()).isTrue();
  }

  @Test
  void shouldBeginNoOtherLookWhileOneIsUnderWay() {
    assertThat(look.take()).isEmpty();
    assertThat(look.take()).isEmpty();
    assertThat(begun).hasSize(1);

    begun.remove().run();
    assertThat(look.take()).contains(PLAN);
    assertThat(look.isUnderWay()).isFalse();
    assertThat(look.take()).isEmpty();
    assertThat(begun).hasSize(1);
  }

  @Test
  void shouldTakeNoPlanOfALookThatIsNobodysAnyMore() {
    assertThat(look.take()).isEmpty();
    WatchPlan other = new WatchPlan(List.of(), List.of(), List.of(), List.of("other"));
    look.by(() -> other);
    begun.remove().run();
    assertThat(look.isUnderWay()).isFalse();

    assertThat(look.take()).isEmpty();
    begun.remove().run();
    assertThat(look.take()).contains(other);
  }

  @Test
  void shouldTellOfAFaultAndLookAgain() {
    HostLook broken =
        new HostLook(
            () -> {
              throw new IllegalArgumentException("fault");
            },
            Runnable::run);
    assertThatThrownBy(broken::take).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(broken.isUnderWay()).isFalse();
  }
}
