/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Servers and sources that a checkpoint knows and that are not watched for a whole run. */
final class AbsentTest {
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final InstantSource clock = () -> now;

  @Test
  void shouldGoOnWithWhatWasAwayForAWholeRun() {
    Node kept = saved(restored(savedWith("main", 3), true));

    AgentState back = watching("main");
    back.restore(kept, true);

    assertThat(counts(back)).containsEntry("main", 3L);
    assertThat(back.absentServers()).isEmpty();
  }

  @Test
  void shouldGoOnWithWhatComesBackWhileItRuns() {
    AgentState state = restored(savedWith("main", 3), true);
    assertThat(counts(state)).as("not shown while it is away").isEmpty();
    assertThat(state.absentSources()).containsExactly("log of main");

    happens(state, "main");

    assertThat(counts(state)).containsEntry("main", 4L);
    assertThat(state.absentSources()).isEmpty();
  }

  @Test
  void shouldStartItsCountersAgainWhereAllMust() {
    Node kept = saved(restored(savedWith("main", 3), false));

    AgentState back = watching("main");
    back.restore(kept, true);

    assertThat(counts(back)).containsEntry("main", 0L);
  }

  @Test
  void shouldForgetAfterAMonthWhateverRestartsThereAre() {
    Node kept = saved(restored(savedWith("main", 3), true));
    now = now.plus(Duration.ofDays(29));
    kept = saved(restored(kept, true));
    assertThat(kept.at("servers").names()).containsExactly("main");
    now = now.plus(Duration.ofDays(1));

    kept = saved(restored(kept, true));

    assertThat(kept.at("servers").names()).isEmpty();
    assertThat(kept.at("sources").names()).isEmpty();
  }

  @Test
  void shouldDropThoseThatAreAwayForLongestWhereThereAreTooMany() {
    Node kept = saved(restored(savedWith("first", 1), true));
    now = now.plusSeconds(1);
    AgentState many = watching("first");
    for (int server = 0; server < Absent.LIMIT; server++) {
      happens(many, "server " + server);
    }
    Node more = saved(many);
    more.put("absent", kept.at("absent"));

    AgentState state = restored(more, true);

    assertThat(state.absentServers()).hasSize(Absent.LIMIT).doesNotContain("first");
    assertThat(saved(state).longAt("absentDropped", 0)).as("a server and its log").isEqualTo(2);
    assertThat(saved(restored(saved(state), true)).longAt("absentDropped", 0)).isEqualTo(2);
  }

  @Test
  void shouldCountARecordOnceThatComesAnotherWayAfterItsServerWasAway() {
    AgentState before = new AgentState(clock);
    before.sink("log of main", "main");
    before.sink("syslog of main", "main");
    happens(before, "main");

    AgentState back = restored(saved(restored(saved(before), true)), true);
    back.sink("log of main", "main");
    EventSink syslog = back.sink("syslog of main", "main");
    syslog.event(new LogEvent.WalOutOfSpace(now), new Origin("postgres", 0, 0));

    assertThat(back.server("main").copy(ServerFacts.NONE).counts())
        .containsEntry(ServerCount.WAL_OUT_OF_SPACE, 1L);
  }

  private Node savedWith(String server, int events) {
    AgentState state = watching(server);
    for (int i = 0; i < events; i++) {
      happens(state, server);
    }
    return saved(state);
  }

  private AgentState watching(String server) {
    AgentState state = new AgentState(clock);
    state.sink("log of " + server, server);
    return state;
  }

  private void happens(AgentState state, String server) {
    state
        .sink("log of " + server, server)
        .event(new LogEvent.WalOutOfSpace(now), new Origin("postgres", 0, 0));
  }

  /** A run that watches nothing. */
  private AgentState restored(Node node, boolean withCounters) {
    AgentState state = new AgentState(clock);
    state.restore(node, withCounters);
    return state;
  }

  private static Node saved(AgentState state) {
    Node node = new Node();
    state.save(node);
    return node;
  }

  private Map<String, Long> counts(AgentState state) {
    Snapshot snapshot =
        state.publish(name -> ServerFacts.NONE, name -> new SourceFacts("", 0, 0), AgentFacts.NONE);
    assertThat(snapshot.sources().stream().map(SourceSnapshot::name).collect(Collectors.toSet()))
        .isEqualTo(
            snapshot.servers().stream()
                .map(server -> "log of " + server.name())
                .collect(Collectors.toSet()));
    return snapshot.servers().stream()
        .collect(
            Collectors.toMap(
                ServerSnapshot::name,
                server -> server.counts().getOrDefault(ServerCount.WAL_OUT_OF_SPACE, 0L)));
  }
}
