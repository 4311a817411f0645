/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.metrics.BuildInfo;
import io.walwatch.agent.state.ConfigReload;
import io.walwatch.agent.state.InventorySnapshot;
import io.walwatch.agent.state.JobSnapshot;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceSnapshot;
import io.walwatch.parse.Backup.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, and what is wrong with the watching: the page and the JSON show the same.
 * Immutable. Problems are masked where they were made.
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
   */
  record Server(
      String name,
      boolean queueWatched,
      Optional<String> problem,
      OptionalLong readyFiles,
      Optional<Instant> oldestReady) {}

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
   * @param problem why the last look did not work
   */
  record Backups(
      String name,
      String provider,
      OptionalLong good,
      Optional<Instant> newest,
      Optional<String> problem) {}

  /** A job. */
  record Job(
      String name,
      boolean running,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastFailure,
      OptionalLong lastExitCode) {}

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
        snapshot.agent().reload(),
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
        queue.flatMap(known -> time(known.oldestReadyMillis())));
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
        Optional.of(set.problem()).filter(problem -> !problem.isEmpty()));
  }

  private static Job job(JobSnapshot job) {
    return new Job(
        job.name(),
        job.running() > 0,
        time(job.lastSuccessMillis()),
        time(job.lastFailureMillis()),
        job.lastExitCode());
  }

  private static Optional<Instant> time(OptionalLong millis) {
    return millis.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis.getAsLong()).truncatedTo(ChronoUnit.SECONDS));
  }
}
