/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.state.AgentState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts for the WAL in a store. */
final class WalOwnersTest {
  private static final long MIB = 1L << 20;

  @TempDir private Path data;
  private final WalOwners owners = new WalOwners();

  @Test
  void shouldTakeTheUsualSizeWhereNobodyTells() {
    assertThat(size(Map.of(), Optional.empty())).isEqualTo(16 * MIB);
    assertThat(size(Map.of(), Optional.of("main"))).isEqualTo(16 * MIB);
  }

  @Test
  void shouldTakeThatOfTheServerWhoseStoreItIs() throws IOException {
    owners.learn(List.of(server("other", 64 * MIB)));

    assertThat(size(Map.of(), Optional.of("other"))).isEqualTo(64 * MIB);
    assertThat(size(Map.of(), Optional.of("main"))).isEqualTo(16 * MIB);
  }

  @Test
  void shouldTakeThatOfTheOnlyServerWhereASetDoesNotSayWhose() throws IOException {
    WatchedServer only = server("main", 64 * MIB);
    WatchedServer second = server("second", 32 * MIB);
    owners.learn(List.of(only));
    assertThat(size(Map.of(), Optional.empty())).isEqualTo(64 * MIB);

    owners.learn(List.of(only, second));
    assertThat(size(Map.of(), Optional.empty())).as("whose?").isEqualTo(16 * MIB);

    owners.learn(List.of(second));
    assertThat(size(Map.of(), Optional.empty())).as("the other is gone").isEqualTo(32 * MIB);
  }

  @Test
  void shouldTakeWhatIsConfiguredBeforeAll() throws IOException {
    owners.learn(List.of(server("main", 64 * MIB)));
    Map<String, String> configured = Map.of("wal_segment_size", "" + 32 * MIB);

    assertThat(size(configured, Optional.of("main"))).isEqualTo(32 * MIB);
  }

  @Test
  void shouldReadTheHistoriesOfTheServerWhoseStoreItIs() throws IOException {
    WatchedServer only = server("main", 16 * MIB);
    Path wal = data.resolve("main/pg_wal");
    Files.writeString(wal.resolve("00000003.history"), "1\t0/14000000\tno recovery target\n");
    Files.writeString(wal.resolve("0000000G.history"), "1\t0/14000000\tno history\n");
    assertThat(owners.histories(set(Map.of(), Optional.empty())).get()).isEmpty();
    owners.learn(List.of(only));

    Map<Long, TimelineHistory> known = owners.histories(set(Map.of(), Optional.empty())).get();
    assertThat(known).containsOnlyKeys(3L);
    assertThat(known.values())
        .extracting(TimelineHistory::switches)
        .containsExactly(Map.of(1L, 0x14000000L));
    assertThat(owners.histories(set(Map.of(), Optional.of("other"))).get()).isEmpty();
  }

  private long size(Map<String, String> properties, Optional<String> server) {
    WalGeometry geometry = owners.geometryOf(set(properties, server)).get();
    return geometry.segmentSizeBytes();
  }

  private static BackupConfig set(Map<String, String> properties, Optional<String> server) {
    return new BackupConfig(
        "store",
        "directory",
        List.of(),
        properties,
        Duration.ofMinutes(15),
        Duration.ofMinutes(2),
        false,
        server,
        Expectation.NONE);
  }

  private WatchedServer server(String name, long segmentBytes) throws IOException {
    TestClock clock = new TestClock();
    Path wal = Files.createDirectories(data.resolve(name).resolve("pg_wal"));
    Path segment = wal.resolve("000000010000000000000001");
    try (FileChannel file =
        FileChannel.open(segment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), segmentBytes - 1);
    }
    WatchedServer server =
        new WatchedServer(
            new AgentState(clock).server(name),
            Optional.of(new ServerFiles(data.resolve(name), clock)),
            Optional.empty(),
            List.of(),
            new GoneProcesses(data, clock),
            Optional.empty());
    server.refresh();
    return server;
  }
}
