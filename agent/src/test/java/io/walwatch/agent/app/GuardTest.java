/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Change;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.SourceFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault in one part of the loop. */
final class GuardTest {
  private final AgentState state = new AgentState(new TestClock());
  private final Guard guard = new Guard(state);

  @Test
  void shouldSayAFaultOnceCountItEachTimeAndGoOn() {
    List<String> done = new ArrayList<>();
    try (LogCapture log = LogCapture.open()) {
      for (int turn = 0; turn < 3; turn++) {
        guard.run("a.log", GuardTest::fault);
        guard.run("b.log", () -> done.add("read"));
      }
      guard.run("a.log", () -> done.add("works"));

      assertThat(done).containsExactly("read", "read", "read", "works");
      assertThat(log.lines())
          .containsExactly(
              "ERROR a.log: a fault of walwatch itself; it goes on and tries again",
              "INFO a.log: works again");
    }
    assertThat(errors()).isEqualTo(3);
    assertThat(state.takeChanges()).isEqualTo(Change.EVENT);
  }

  @Test
  void shouldLetThroughWhatCannotBeSurvived() {
    assertThatThrownBy(
            () ->
                guard.run(
                    "a.log",
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
  }

  private static void fault() {
    throw new IllegalStateException("fault");
  }

  private long errors() {
    return state
        .publish(name -> ServerFacts.NONE, name -> new SourceFacts("", 0, 0), AgentFacts.NONE)
        .agent()
        .internalErrors();
  }
}
