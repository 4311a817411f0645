/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.inventory.ListingException;
import io.walwatch.agent.inventory.Look;
import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What stays known of a set of backups, whatever the looks find. */
final class InventoryStateTest {
  private static final Listing TWO =
      new Listing(
          Map.of(State.OK, 2L, State.RUNNING, 1L, State.FAILED, 0L),
          0,
          OptionalLong.of(5_000),
          OptionalLong.of(1_000),
          OptionalLong.of(100),
          OptionalLong.of(90),
          OptionalDouble.of(0.5),
          OptionalLong.of(190),
          OptionalLong.of(0),
          OptionalLong.of(3),
          OptionalLong.of(1L << 40),
          Optional.of("000000010000000000000024"),
          Optional.empty(),
          OptionalLong.of(3));
  private static final Listing NOTHING = Listing.ofFields(Map.of());

  private final Changes changes = new Changes();
  private final InventoryState state = new InventoryState(set("wal-e"), changes);

  @Test
  void shouldKnowNothingButWhatIsExpectedBeforeTheFirstLook() {
    InventorySnapshot snapshot = state.copy();

    assertThat(snapshot.intervalSeconds()).isEqualTo(900);
    assertThat(snapshot.expectedIntervalSeconds()).hasValue(86_400L);
    assertThat(snapshot.expectedMinBytes()).hasValue(1 << 20);
    assertThat(snapshot.expectedRetentionSeconds()).hasValue(2_592_000L);
    assertThat(snapshot.listing()).isEmpty();
    assertThat(snapshot.worked()).isEmpty();
    assertThat(snapshot.workedStartMillis()).isEmpty();
    assertThat(snapshot.workedMillis()).isEmpty();
  }

  @Test
  void shouldKeepTheLastKnownValuesWhenALookFails() {
    assertThat(state.apply(Look.found(9_000, 10_000, TWO))).isFalse();
    assertThat(changes.take()).isEqualTo(Change.EVENT);
    assertThat(state.apply(Look.failed(19_000, 20_000, "exit code 1", ""))).isTrue();

    InventorySnapshot snapshot = state.copy();
    assertThat(snapshot.listing()).hasValue(TWO);
    assertThat(state.newestStartSegment()).hasValue("000000010000000000000024");
    assertThat(snapshot.worked()).hasValue(false);
    assertThat(snapshot.workedStartMillis()).hasValue(9_000);
    assertThat(snapshot.workedMillis()).hasValue(10_000);
    assertThat(snapshot.foundNothing()).hasValue(false);
    assertThat(snapshot.problem()).isEqualTo("exit code 1");
    assertThat(state.apply(Look.failed(29_000, 30_000, "exit code 1", ""))).isFalse();
    assertThat(state.apply(Look.found(39_000, 40_000, TWO))).isTrue();
    assertThat(state.copy().worked()).hasValue(true);
  }

  @Test
  void shouldKnowSinceWhenLooksFail() throws IOException {
    state.apply(Look.failed(19_000, 20_000, "request 1", ""));
    state.apply(Look.failed(29_000, 30_000, "request 2", ""));
    assertThat(state.failingSinceMillis()).hasValue(20_000);
    Node saved = new Node();
    state.save(saved);
    InventoryState restored = new InventoryState(set("wal-e"), changes);
    restored.restore(saved);
    restored.apply(Look.failed(39_000, 40_000, "request 3", ""));
    assertThat(restored.failingSinceMillis()).hasValue(20_000);

    state.apply(Look.found(39_000, 40_000, TWO));
    assertThat(state.failingSinceMillis()).isEmpty();
  }

  @Test
  void shouldTakeNothingBackWhenALookFindsNothingAtAll() {
    state.apply(Look.found(9_000, 10_000, TWO));
    state.apply(Look.found(19_000, 20_000, NOTHING));

    InventorySnapshot snapshot = state.copy();
    assertThat(snapshot.worked()).hasValue(false);
    assertThat(snapshot.foundNothing()).hasValue(true);
    assertThat(snapshot.workedStartMillis()).hasValue(9_000);
    assertThat(snapshot.workedMillis()).hasValue(10_000);
    assertThat(snapshot.listing()).hasValue(TWO);
    assertThat(state.newestStartSegment()).hasValue("000000010000000000000024");
  }

  @Test
  void shouldComeBackFromACheckpoint() throws IOException {
    state.apply(Look.found(9_000, 10_000, TWO));
    state.apply(Look.failed(19_500, 20_000, "exit code 1", ""));
    Node saved = new Node();
    state.save(saved);
    byte[] bytes = NodeJson.write(saved);
    Node read = NodeJson.read(bytes, 0, bytes.length);

    InventoryState same = new InventoryState(set("wal-e"), changes);
    same.restore(read);
    InventoryState other = new InventoryState(set("wal-g"), changes);
    other.restore(read);

    assertThat(same.copy()).isEqualTo(state.copy());
    assertThat(other.copy().listing()).isEmpty();
  }

  /** Else an alert on it would resolve, and begin its time of patience anew. */
  @Test
  void shouldStillKnowAfterARestartThatTheLastLookFoundNothing() throws IOException {
    state.apply(Look.found(9_000, 10_000, TWO));
    state.apply(Look.found(19_000, 20_000, NOTHING));
    Node saved = new Node();
    state.save(saved);
    byte[] bytes = NodeJson.write(saved);

    InventoryState restarted = new InventoryState(set("wal-e"), changes);
    restarted.restore(NodeJson.read(bytes, 0, bytes.length));

    assertThat(restarted.copy().foundNothing()).hasValue(true);
    assertThat(restarted.copy()).isEqualTo(state.copy());
  }

  private static BackupSet set(String provider) {
    return new BackupSet(
        "base",
        provider,
        Duration.ofMinutes(15),
        () -> {
          throw new ListingException("not asked");
        },
        false,
        Optional.empty(),
        Optional.of(Duration.ofDays(1)),
        OptionalLong.of(1 << 20),
        Optional.of(Duration.ofDays(30)));
  }
}
