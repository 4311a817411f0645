/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.http.WebAccess;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceSnapshot;
import io.walwatch.agent.tail.FilePosition;
import io.walwatch.agent.tail.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tries everything that {@code serve} would do, without writing anything. */
final class Check {
  private final AgentConfig config;
  private final WatchPlan plan;
  private final InstantSource clock;
  private final Plugins plugins;

  Check(AgentConfig config, WatchPlan plan, Plugins plugins, InstantSource clock) {
    this.config = config;
    this.plan = plan;
    this.clock = clock;
    this.plugins = plugins;
  }

  /**
   * Looks at everything once.
   *
   * @throws UsageException when it is configured so that no agent would start
   */
  void run(CheckReport report) throws UsageException, InterruptedException {
    webConfig(report);
    AgentState state = new AgentState(clock);
    Watched watched =
        Watched.lookedAt(config, plan, plugins, state, clock, FileSource.Start.END, Voice.SILENT);
    watched.sources().forEach(source -> source.stream().read(1));
    Snapshot snapshot = watched.snapshot(AgentFacts.NONE);
    snapshot.servers().forEach(server -> server(server, report));
    logs(snapshot, watched.sources(), report);
    streams(report);
    backups(report);
    stateDirectory(report);
    watched.close();
  }

  private static void server(ServerSnapshot server, CheckReport report) {
    String problem = server.queueProblem();
    if (!server.facts().watched()) {
      report.note(server.name() + ": no data directory is known, so its queue is not watched");
    } else if (problem != null) {
      report.problem(server.name() + ": the archive queue cannot be read: ", problem);
    } else {
      server
          .facts()
          .queue()
          .ifPresent(
              queue -> {
                long waiting =
                    queue.readyFiles().values().stream().mapToLong(Long::longValue).sum();
                report.ok(
                    server.name() + ": the archive queue can be read, " + waiting + " waiting");
              });
    }
    server
        .facts()
        .server()
        .ifPresent(status -> server(server.name(), status, problem == null, report));
  }

  private static void server(
      String name, ServerStatus status, boolean readable, CheckReport report) {
    if (status.inRecovery().isEmpty()) {
      if (readable) {
        report.problem(name + ": its role cannot be told, global/pg_control cannot be read");
      }
    } else {
      report.ok(
          name
              + ": PostgreSQL "
              + status.version().orElse("of unknown version")
              + ", "
              + (status.inRecovery().get() ? "standby or recovering" : "primary")
              + (status.running().orElse(false) ? ", running" : ", not running")
              + status
                  .archiveMode()
                  .map(mode -> ", archive_mode=" + mode.name().toLowerCase(Locale.ROOT))
                  .orElse(""));
    }
  }

  private void logs(Snapshot snapshot, Collection<WatchedSource> sources, CheckReport report) {
    Map<String, SourceSnapshot> snapshots =
        snapshot.sources().stream()
            .collect(Collectors.toMap(SourceSnapshot::name, Function.identity()));
    Map<String, LogSource> planned =
        plan.sources().stream().collect(Collectors.toMap(LogSource::name, Function.identity()));
    for (WatchedSource source : sources) {
      SourceSnapshot known = snapshots.get(source.name());
      LogSource log = planned.get(source.name());
      if (known != null && log != null) {
        log(log, source.stream().position().files(), known, report);
      }
    }
  }

  /** Whoever listens would take it from the agent that runs. */
  private void streams(CheckReport report) throws InterruptedException {
    JournalCheck journals = JournalCheck.ofThisHost(plugins.providers());
    for (LogSource source : plan.sources()) {
      if (source.input() instanceof SourceInput.Journal journal) {
        journals.run(source, journal.unit(), report);
      }
      if (source.input() instanceof SourceInput.Syslog) {
        report.note(
            source.name()
                + ": whether anybody sends "
                + Watchlist.describe(source.input())
                + " is not tried; the page / of an agent that runs tells");
      }
    }
  }

  private void log(
      LogSource log, List<FilePosition> files, SourceSnapshot known, CheckReport report) {
    known
        .problems()
        .forEach((path, problem) -> report.problem(log.name() + ": " + path + ": ", problem));
    if (known.facts().openFiles() == 0 && known.problems().isEmpty()) {
      report.problem(
          log.name() + ": no file can be read that matches " + Watchlist.describe(log.input()));
    }
    LogSample sample = new LogSample(log.pipeline(), plugins.providers());
    // A pipe would never end; that it is no file was said where it was found.
    List<Path> readable =
        files.stream()
            .filter(file -> !known.problems().containsKey(file.path()))
            .map(file -> Path.of(file.path()))
            .filter(Files::isRegularFile)
            .toList();
    // What was written under an older setting stays in older files.
    Optional<Path> newest = readable.stream().max(Comparator.comparing(Check::modified));
    for (Path file : readable) {
      log(log.name() + ": " + file + ": ", file, file.equals(newest.get()), sample, report);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException ignored) {
      // What is wrong with it is said where it is read.
      return FileTime.fromMillis(0);
    }
  }

  private static void log(
      String what, Path file, boolean isNewest, LogSample sample, CheckReport report) {
    try {
      LogSample.Found found = sample.read(file);
      if (isNewest && found.doubt().isPresent()) {
        report.note(what + found.text() + found.doubt().get());
      } else {
        report.ok(what + found.text());
      }
      if (isNewest) {
        found.prefixProblem().ifPresent(problem -> report.problem(what + problem));
      }
    } catch (IOException e) {
      report.problem(what + "cannot be read: " + e.getMessage());
    }
  }

  private void backups(CheckReport report) throws InterruptedException {
    try (Launcher launcher = Launcher.create()) {
      for (BackupSet set : BackupSets.of(config, plugins, launcher, clock)) {
        Look look = BackupSets.look(set, BackupSets.spool(config), clock);
        String line = BackupReport.describe(set.name(), look);
        if (look.worked()) {
          report.ok(line);
        } else {
          report.problem(line);
        }
        if (set.expectedEvery().isEmpty()) {
          report.note(
              set.name()
                  + ": nothing will tell when its newest backup is old, without expect: every");
        }
      }
    }
  }

  private void webConfig(CheckReport report) throws UsageException {
    if (config.webConfig().isPresent()) {
      WebAccess access = WebAccesses.load(config);
      String tls = access.tls().isPresent() ? "TLS" : "no TLS";
      String what = "web_config " + config.webConfig().get() + ": " + tls + ", ";
      report.ok(what + access.users().size() + " users");
    }
  }

  private void stateDirectory(CheckReport report) {
    Path directory = config.stateDirectory();
    String what = "the state directory " + directory;
    if (Files.isDirectory(directory)) {
      if (!Files.isWritable(directory)) {
        report.problem(what + " cannot be written by this user");
      }
    } else if (Files.exists(directory)) {
      report.problem(what + " is no directory; name another with --state-dir");
    } else if (canBeMade(directory)) {
      report.note(what + " does not exist yet");
    } else {
      report.problem(what + " does not exist, and this user cannot make it");
    }
  }

  private static boolean canBeMade(Path directory) {
    Path at = directory.toAbsolutePath();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at != null && Files.isDirectory(at) && Files.isWritable(at);
  }
}
