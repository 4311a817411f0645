/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.archive.ServerStatus.ArchiveMethod;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong, in sentences, the worst first: whether WAL leaves the host, whether there is
 * something to restore from, whether walwatch sees what it ought to. The limits are those of the
 * alert rules, which judge over time as well.
 */
final class Troubles {
  /** A file waits, or a push is in flight, for longer. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private static final long LAG_BYTES = 16 << 20;
  private static final double LATE = 1.25;
  private static final double FULL = 0.9;

  private final Instant now;
  private final List<String> found = new ArrayList<>();

  private Troubles(Instant now) {
    this.now = now;
  }

  static List<String> of(Status status, Instant now) {
    Troubles troubles = new Troubles(now);
    status.servers().forEach(troubles::server);
    status.backups().forEach(troubles::backups);
    status.jobs().forEach(troubles::job);
    status.jobsProblem().ifPresent(problem -> troubles.add("jobs: " + problem));
    status.sources().forEach(troubles::source);
    if (status.configuration().isPresent() && !status.configuration().get().successful()) {
      troubles.add(
          "The last reload of the configuration failed: the one from "
              + Instant.ofEpochMilli(status.configuration().get().lastSuccessMillis())
              + " holds. The agent's log tells why.");
    }
    return List.copyOf(troubles.found);
  }

  private void add(String trouble) {
    found.add(trouble);
  }

  private boolean isLongAgo(Optional<Instant> time) {
    return time.isPresent() && time.get().plus(LONG).isBefore(now);
  }

  private String since(Instant time) {
    return Ages.text(Duration.between(time, now));
  }

  private void server(Status.Server server) {
    String name = "Server " + server.name() + ": ";
    server.problem().ifPresent(problem -> add(name + problem));
    if (server.archives()) {
      queue(name, server);
    }
    server.disk().ifPresent(disk -> disk(name, disk));
  }

  private void queue(String name, Status.Server server) {
    boolean waits = isLongAgo(server.oldestReady());
    if (waits) {
      add(
          name
              + "WAL has waited to be archived for "
              + since(server.oldestReady().orElseThrow())
              + ". If the host burned down now, all since then would be lost.");
    }
    if (isLongAgo(server.oldestPush())) {
      add(name + "a push has been in flight for " + since(server.oldestPush().orElseThrow()) + ".");
    }
    // Pushes side by side leave holes for a moment, while what is to fill them waits.
    if (server.gapSegments().orElse(0) > 0 && (waits || server.readyFiles().orElse(0) == 0)) {
      add(
          name
              + "the archive has a hole of "
              + server.gapSegments().getAsLong()
              + " segments; recovery stops there.");
    }
  }

  private void disk(String name, ServerStatus disk) {
    if (disk.running().equals(Optional.of(false))) {
      add(name + "PostgreSQL does not run.");
    }
    if (disk.archiveMode().equals(Optional.of(ArchiveMode.OFF))
        && disk.inRecovery().equals(Optional.of(false))) {
      add(name + "archive_mode is off: nothing of it can be restored to a point in time.");
    }
    if (archives(disk) && disk.archiveMethod().equals(Optional.of(ArchiveMethod.NONE))) {
      add(name + "neither archive_command nor archive_library is set: its WAL piles up in pg_wal.");
    }
    double size = disk.filesystemSizeBytes().orElse(0);
    double free = disk.filesystemAvailBytes().orElse(0);
    if (size > 0 && free < size * (1 - FULL)) {
      add(
          name
              + String.format(
                  Locale.ROOT, "the volume of pg_wal is %.0f %% full.", 100 * (1 - free / size)));
    }
  }

  /** Whether it hands WAL over, as far as its role and archive_mode say. */
  private static boolean archives(ServerStatus disk) {
    ArchiveMode mode = disk.archiveMode().orElse(ArchiveMode.OFF);
    return mode == ArchiveMode.ALWAYS
        || (mode == ArchiveMode.ON && disk.inRecovery().equals(Optional.of(false)));
  }

  private void backups(Status.Backups set) {
    String name = "Backups " + set.name() + ": ";
    set.problem().ifPresent(problem -> add(name + problem));
    if (set.good().isPresent() && set.good().getAsLong() == 0) {
      add(name + "there is no good one.");
    }
    if (set.newest().isPresent() && isLate(set.newest().get(), set.expectedEvery())) {
      add(name + "the newest good one is " + since(set.newest().get()) + " old.");
    }
    if (set.sizeBytes().orElse(Long.MAX_VALUE) < set.expectedMinBytes().orElse(0)) {
      add(name + "the newest good one is smaller than it ought to be.");
    }
  }

  private boolean isLate(Instant time, Optional<Duration> every) {
    return every.isPresent()
        && Duration.between(time, now).toSeconds() > LATE * every.get().toSeconds();
  }

  private void job(Status.Job job) {
    String name = "Job " + job.name() + ": ";
    Optional<Instant> success = job.lastSuccess();
    if (job.lastFailure()
        .filter(time -> success.isEmpty() || time.isAfter(success.get()))
        .isPresent()) {
      add(name + "failed " + since(job.lastFailure().get()) + " ago, and has not succeeded since.");
    } else if (success.isPresent() && isLate(success.get(), job.expectedEvery())) {
      add(name + "has not succeeded for " + since(success.get()) + ".");
    } else if (success.isEmpty() && job.expectedEvery().isPresent()) {
      add(name + "has never succeeded.");
    }
  }

  private void source(Status.Source source) {
    source.problems().forEach((path, problem) -> add("Log " + path + ": " + problem));
    if (source.lagBytes() > LAG_BYTES) {
      add("Log " + source.name() + ": " + (source.lagBytes() >> 20) + " MiB are not yet read.");
    }
  }
}
