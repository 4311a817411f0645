/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.SourceFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator is told of a source that cannot be read. */
final class SpokenTroubleTest {
  private final AgentState state = new AgentState(new TestClock());

  @Test
  void shouldSayOfAJournalWhatJournalctlSaid() {
    new SpokenTrouble(state.source("journal"), false, Voice.STAYING)
        .unreadable("journal --unit=postgresql", "journalctl ended with exit code 1");

    assertThat(problems()).containsExactly("journalctl ended with exit code 1");
  }

  @Test
  void shouldSayOfAFileWhichPartOfItsPathIsMissing() {
    new SpokenTrouble(state.source("log"), true, Voice.STAYING)
        .unreadable("/nowhere/a.log", "NoSuchFile");

    assertThat(problems()).singleElement().asString().contains("/nowhere");
  }

  private List<String> problems() {
    AgentFacts agent = AgentFacts.NONE;
    return state
        .publish(any -> ServerFacts.NONE, any -> new SourceFacts("", 0, 0), agent)
        .sources()
        .stream()
        .flatMap(source -> source.problems().values().stream())
        .toList();
  }
}
