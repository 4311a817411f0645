/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What programs are told. */
final class StatusJsonTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  @Test
  void shouldTellWhatThePageTellsOfAServerALogAndBackups() throws IOException {
    assertThat(StatusJson.text(status(Optional.of(disk()), "nobody sends"), NOW))
        .contains(
            "\"queue_watched\":true,\"in_recovery\":true,\"running\":false,"
                + "\"archive_mode\":\"always\",\"archive_method\":\"library\",\"timeline\":2}")
        .contains("\"lag_bytes\":5,\"silence\":\"nobody sends\",")
        .contains("\"newest\":\"2026-02-03T04:05:06Z\",\"size_bytes\":300}");
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() throws IOException {
    assertThat(StatusJson.text(status(Optional.empty(), ""), NOW))
        .contains("\"queue_watched\":true}")
        .contains("\"lag_bytes\":5,\"problems\"");
  }

  private static Status status(Optional<ServerStatus> disk, String silence) {
    return new Status(
        "1",
        true,
        Optional.empty(),
        List.of(
            new Status.Server(
                "main",
                true,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                disk,
                Optional.empty(),
                Optional.empty())),
        List.of(new Status.Source("pg", "main", 1, 5, silence, Map.of())),
        List.of(
            new Status.Backups(
                "base",
                "wal-e",
                OptionalLong.of(1),
                Optional.of(NOW),
                Optional.empty(),
                OptionalLong.of(300),
                OptionalLong.empty(),
                Optional.empty())),
        List.of(),
        Optional.empty());
  }

  private static ServerStatus disk() {
    return new ServerStatus(
        Optional.of("15"),
        OptionalLong.empty(),
        Optional.of(true),
        Optional.of(false),
        Optional.of(ServerStatus.ArchiveMode.ALWAYS),
        Optional.empty(),
        Optional.of("basic_archive"),
        OptionalLong.empty(),
        OptionalLong.of(2),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
