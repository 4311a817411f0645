/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static io.walwatch.agent.app.SkippedSegment.SEGMENT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.inventory.ListingException;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.state.AgentState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a list of backups to the position that moves on. */
final class BackupStartsTest {
  @TempDir private Path directory;
  @TempDir private Path wal;
  @TempDir private Path otherWal;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);
  private Optional<Backups> made = Optional.empty();

  @AfterEach
  void close() {
    made.ifPresent(Backups::close);
  }

  @Test
  void shouldMoveThePositionOnWhenAGoodBackupStartsAboveTheGap() throws IOException {
    WatchedServer server = SkippedSegment.server("15/main", wal, clock);
    Backups backups = backups(Optional.empty());
    assertThat(backups.tick(List.of(server))).isFalse();

    listed("000000010000000000000002");
    clock.advanceMillis(1_000);
    assertThat(backups.tick(List.of(server))).as("it starts in the gap itself").isFalse();
    assertPosition(server, 2);

    listed("000000010000000000000003");
    clock.advanceMillis(1_000);
    assertThat(backups.tick(List.of(server))).isTrue();
    assertPosition(server, 4);
    clock.advanceMillis(1_000);
    assertThat(backups.tick(List.of(server))).isFalse();
  }

  @Test
  void shouldAskWhoseBackupsTheyAreWhereThereAreSeveralServers() throws IOException {
    WatchedServer first = SkippedSegment.server("15/main", wal, clock);
    WatchedServer second = SkippedSegment.server("15/other", otherWal, clock);
    Backups unnamed = backups(Optional.empty());
    listed("000000010000000000000003");
    assertThat(unnamed.tick(List.of(first, second))).isFalse();
    unnamed.close();

    assertThat(backups(Optional.of("15/other")).tick(List.of(first, second))).isTrue();
    assertPosition(first, 2);
    assertPosition(second, 4);
  }

  private static void assertPosition(WatchedServer server, int segment) {
    assertThat(server.queue().orElseThrow().status().contiguousPosition())
        .hasValue(segment * SEGMENT_BYTES);
  }

  private Backups backups(Optional<String> server) {
    BackupConfig set =
        new BackupConfig(
            "base",
            "wal-e",
            List.of(),
            Map.of(),
            Duration.ofMinutes(15),
            Duration.ofMinutes(2),
            false,
            server,
            Expectation.NONE);
    AgentConfig config =
        new AgentConfig(
            AgentConfig.DEFAULT.listen(),
            Optional.empty(),
            directory,
            directory.resolve("plugins"),
            List.of(),
            List.of(),
            List.of(set),
            List.of(),
            AgentConfig.DEFAULT.limits(),
            false);
    FailureWatch failures = new FailureWatch(new FailureStore(directory), clock);
    Backups backups =
        new Backups(config, Plugins.find(config.pluginDirectory()), state, failures, clock);
    made = Optional.of(backups);
    return backups;
  }

  /** A look has found a good backup that starts there. */
  private void listed(String segment) {
    BackupSet known =
        new BackupSet(
            "base",
            "wal-e",
            Duration.ofMinutes(15),
            () -> {
              throw new ListingException("not asked");
            },
            false,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty());
    Map<String, Object> fields = Map.of("ok", 1L, "start", segment);
    Listing listing = Listing.ofFields(fields);
    state.backups(known).apply(Look.found(0, clock.millis(), listing));
  }
}
