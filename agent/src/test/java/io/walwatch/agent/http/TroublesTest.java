/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.agent.state.ConfigReload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a person is told first. */
final class TroublesTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final Optional<ServerStatus> PRIMARY = disk(false, ArchiveMode.ON, 50);
  private static final Optional<ServerStatus> STANDBY = disk(true, ArchiveMode.ON, 50);

  @Test
  void shouldSayNothingOfAnIdlePrimaryAndOfAStandby() {
    assertThat(of(server(ago(4), 1, 0, PRIMARY), server(Optional.empty(), 0, 0, PRIMARY)))
        .isEmpty();
    assertThat(of(server(ago(600), 3, 2, STANDBY))).isEmpty();
  }

  @Test
  void shouldSayThatWalWaits() {
    assertThat(of(server(ago(125), 3, 0, PRIMARY)))
        .singleElement()
        .asString()
        .startsWith("Server main: WAL has waited to be archived for 2 h 5 min.");
    assertThat(of(server(ago(125), 3, 0, disk(true, ArchiveMode.ALWAYS, 50)))).hasSize(1);
    assertThat(of(server(ago(125), 3, 0, Optional.empty()))).hasSize(1);
  }

  @Test
  void shouldSayThatTheArchiveHasAHoleWhenNothingIsOnItsWayIntoIt() {
    assertThat(of(server(ago(1), 3, 2, PRIMARY))).isEmpty();
    assertThat(of(server(Optional.empty(), 0, 2, PRIMARY)))
        .containsExactly(
            "Server main: the archive has a hole of 2 segments; recovery stops there.");
  }

  @Test
  void shouldSayWhatTheDiskSays() {
    assertThat(of(server(Optional.empty(), 0, 0, disk(false, ArchiveMode.OFF, 9))))
        .containsExactly(
            "Server main: archive_mode is off: nothing of it can be restored to a point in time.",
            "Server main: the volume of pg_wal is 91 % full.");
  }

  @Test
  void shouldSayThatNothingArchives() {
    Optional<String> none = Optional.of("");
    assertThat(of(server(Optional.empty(), 0, 0, disk(false, ArchiveMode.ON, 50, none))))
        .containsExactly(
            "Server main: neither archive_command nor archive_library is set: its WAL piles up in"
                + " pg_wal.");
    assertThat(of(server(Optional.empty(), 0, 0, disk(true, ArchiveMode.ALWAYS, 50, none))))
        .hasSize(1);
    assertThat(of(server(Optional.empty(), 0, 0, disk(true, ArchiveMode.ON, 50, none)))).isEmpty();
    assertThat(
            of(server(Optional.empty(), 0, 0, disk(false, ArchiveMode.ON, 50, Optional.empty()))))
        .as("not known")
        .isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithBackups() {
    assertThat(Troubles.of(with(List.of(), List.of(backups(1, 29 * 60, 300)), List.of()), NOW))
        .isEmpty();
    assertThat(Troubles.of(with(List.of(), List.of(backups(0, 31 * 60, 299)), List.of()), NOW))
        .containsExactly(
            "Backups base: there is no good one.",
            "Backups base: the newest good one is 1 d 7 h old.",
            "Backups base: the newest good one is smaller than it ought to be.");
  }

  @Test
  void shouldSayWhatIsWrongWithJobs() {
    List<Status.Job> jobs =
        List.of(
            job("good", ago(60), ago(90)),
            job("bad", ago(90), ago(60)),
            job("late", ago(1_900), Optional.empty()),
            job("never", Optional.empty(), Optional.empty()));

    assertThat(Troubles.of(with(List.of(), List.of(), jobs), NOW))
        .containsExactly(
            "Job bad: failed 1 h 0 min ago, and has not succeeded since.",
            "Job late: has not succeeded for 1 d 7 h.",
            "Job never: has never succeeded.");
  }

  @Test
  void shouldSayWhatWalwatchDoesNotSee() {
    Status status =
        new Status(
            "1",
            true,
            Optional.of(new ConfigReload(false, 0, true)),
            List.of(),
            List.of(new Status.Source("pg", "main", 1, 20 << 20, "", Map.of("/a", "denied"))),
            List.of(),
            List.of(),
            Optional.of("no spool"));

    assertThat(Troubles.of(status, NOW))
        .containsExactly(
            "jobs: no spool",
            "Log /a: denied",
            "Log pg: 20 MiB are not yet read.",
            "The last reload of the configuration failed: the one from 1970-01-01T00:00:00Z holds."
                + " The agent's log tells why.");
  }

  private static List<String> of(Status.Server... servers) {
    return Troubles.of(with(List.of(servers), List.of(), List.of()), NOW);
  }

  private static Status with(
      List<Status.Server> servers, List<Status.Backups> backups, List<Status.Job> jobs) {
    return new Status(
        "1", true, Optional.empty(), servers, List.of(), backups, jobs, Optional.empty());
  }

  private static Optional<Instant> ago(int minutes) {
    return Optional.of(NOW.minus(Duration.ofMinutes(minutes)));
  }

  private static Status.Server server(
      Optional<Instant> oldest, long ready, long gap, Optional<ServerStatus> disk) {
    return new Status.Server(
        "main",
        true,
        Optional.empty(),
        OptionalLong.of(ready),
        oldest,
        Optional.empty(),
        OptionalLong.of(gap),
        disk,
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<ServerStatus> disk(boolean recovers, ArchiveMode mode, long free) {
    return disk(recovers, mode, free, Optional.of("true"));
  }

  private static Optional<ServerStatus> disk(
      boolean recovers, ArchiveMode mode, long free, Optional<String> command) {
    return Optional.of(
        new ServerStatus(
            Optional.of("15"),
            OptionalLong.of(1),
            Optional.of(recovers),
            Optional.of(true),
            Optional.of(mode),
            command,
            Optional.of(""),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(100),
            OptionalLong.of(free)));
  }

  private static Status.Backups backups(long good, int minutes, long size) {
    return new Status.Backups(
        "base",
        "wal-e",
        OptionalLong.of(good),
        ago(minutes),
        Optional.of(Duration.ofDays(1)),
        OptionalLong.of(size),
        OptionalLong.of(300),
        Optional.empty());
  }

  private static Status.Job job(String name, Optional<Instant> success, Optional<Instant> failure) {
    return new Status.Job(
        name, false, success, failure, OptionalLong.empty(), Optional.of(Duration.ofDays(1)));
  }
}
