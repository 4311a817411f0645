/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static io.walwatch.agent.archive.ServerStatus.ArchiveMode.ALWAYS;

import io.walwatch.agent.archive.QueueStatus;
import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.metrics.BuildInfo;
import io.walwatch.agent.state.ArchiverSnapshot;
import io.walwatch.agent.state.ConfigReload;
import io.walwatch.agent.state.InventorySnapshot;
import io.walwatch.agent.state.JobSnapshot;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceSnapshot;
import io.walwatch.parse.Backup.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, and what is wrong with the watching: the page and the JSON are made of the same,
 * and what both show is the same. Immutable. Problems are masked where they were made.
 *
 * @param ready whether the first look is finished; all else is empty before
 * @param jobsProblem why no job can be known of; empty where they can
 */
record Status(
    String version,
    boolean ready,
    Optional<ConfigReload> configuration,
    List<Server> servers,
    List<Source> sources,
    List<Backups> backups,
    List<Job> jobs,
    Optional<String> jobsProblem) {
  /**
   * A server.
   *
   * @param queueWatched false where only its logs are known
   * @param problem why its queue cannot be read
   * @param readyFiles files of all kinds that wait
   * @param gapSegments segments not archived below the highest archived one
   * @param disk what its data directory says of it
   * @param oldestPush begin of the push that has been in flight for longest
   * @param lastFailure of archive_command
   */
  record Server(
      String name,
      boolean queueWatched,
      Optional<String> problem,
      OptionalLong readyFiles,
      Optional<Instant> oldestReady,
      Optional<Instant> lastArchived,
      OptionalLong gapSegments,
      Optional<ServerStatus> disk,
      Optional<Instant> oldestPush,
      Optional<Instant> lastFailure) {
    /** Whether WAL of it ought to leave the host, as far as is known: better one too many. */
    boolean archives() {
      boolean standby = disk.flatMap(ServerStatus::inRecovery).orElse(false);
      return !standby || disk.flatMap(ServerStatus::archiveMode).equals(Optional.of(ALWAYS));
    }
  }

  /**
   * A log.
   *
   * @param silence why nothing comes, where nobody sends; else empty
   * @param problems what cannot be read, by path
   */
  record Source(
      String name,
      String server,
      long openFiles,
      long lagBytes,
      String silence,
      Map<String, String> problems) {}

  /**
   * A set of backups.
   *
   * @param good how many good ones exist
   * @param newest when the newest good one was complete
   * @param expectedEvery how often a new good one ought to appear
   * @param sizeBytes of the newest good one
   * @param problem why the last look did not work
   */
  record Backups(
      String name,
      String provider,
      OptionalLong good,
      Optional<Instant> newest,
      Optional<Duration> expectedEvery,
      OptionalLong sizeBytes,
      OptionalLong expectedMinBytes,
      Optional<String> problem) {}

  /** A job. */
  record Job(
      String name,
      boolean running,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastFailure,
      OptionalLong lastExitCode,
      Optional<Duration> expectedEvery) {}

  /** What a snapshot says; null before there is one. */
  static Status of(@Nullable Snapshot snapshot) {
    String version = BuildInfo.get().version();
    if (snapshot == null) {
      return new Status(
          version,
          false,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());
    }
    return new Status(
        version,
        true,
        snapshot.agent().facts().reload(),
        snapshot.servers().stream().map(Status::server).toList(),
        snapshot.sources().stream().map(Status::source).toList(),
        snapshot.backups().stream().map(Status::backups).toList(),
        snapshot.jobs().jobs().stream().map(Status::job).toList(),
        Optional.ofNullable(snapshot.jobs().problem()));
  }

  private static Server server(ServerSnapshot server) {
    boolean readable = server.facts().watched() && server.queueProblem() == null;
    var queue = server.facts().queue().filter(known -> readable);
    return new Server(
        server.name(),
        server.facts().watched(),
        Optional.ofNullable(server.queueProblem()),
        queue
            .map(known -> known.readyFiles().values().stream().mapToLong(Long::longValue).sum())
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        queue.flatMap(known -> time(known.oldestReadyMillis())),
        queue.flatMap(known -> time(known.lastArchivedMillis())),
        queue.map(QueueStatus::gapSegments).orElse(OptionalLong.empty()),
        server.facts().server(),
        time(
            server.archivers().values().stream()
                .map(ArchiverSnapshot::oldestInFlightMillis)
                .flatMapToLong(OptionalLong::stream)
                .min()),
        time(server.lastFailureMillis()));
  }

  private static Source source(SourceSnapshot source) {
    return new Source(
        source.name(),
        source.facts().server(),
        source.facts().openFiles(),
        source.facts().lagBytes(),
        source.facts().silence(),
        new TreeMap<>(source.problems()));
  }

  private static Backups backups(InventorySnapshot set) {
    Optional<Listing> listing = set.listing();
    return new Backups(
        set.name(),
        set.provider(),
        listing
            .map(found -> OptionalLong.of(found.counts().getOrDefault(State.OK, 0L)))
            .orElse(OptionalLong.empty()),
        listing.flatMap(found -> time(found.lastSuccessMillis())),
        set.expectedIntervalSeconds().map(Duration::ofSeconds),
        listing.map(Listing::lastSizeBytes).orElse(OptionalLong.empty()),
        set.expectedMinBytes(),
        problem(set));
  }

  /** A look that failed says more than what an earlier one has found odd. */
  private static Optional<String> problem(InventorySnapshot set) {
    return Stream.of(set.problem(), set.listing().map(Listing::doubt).orElse(""))
        .filter(problem -> !problem.isEmpty())
        .findFirst();
  }

  private static Job job(JobSnapshot job) {
    return new Job(
        job.name(),
        job.running() > 0,
        time(job.lastSuccessMillis()),
        time(job.lastFailureMillis()),
        job.lastExitCode(),
        job.expectedEveryMillis().stream().mapToObj(Duration::ofMillis).findFirst());
  }

  private static Optional<Instant> time(OptionalLong millis) {
    return millis.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis.getAsLong()).truncatedTo(ChronoUnit.SECONDS));
  }
}
