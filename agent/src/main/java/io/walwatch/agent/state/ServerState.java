/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.archive.QueueBound;
import io.walwatch.agent.archive.QueueEvents;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is known about one watched server. Written by the loop only. */
public final class ServerState {
  private final String name;
  private final SortedMap<String, ArchiverState> archivers = new TreeMap<>();
  private final Counts<ServerCount> counts = new Counts<>(ServerCount.class);
  private final Witnesses witnesses;
  private final QueueState queue;
  private final DuplicateFilter duplicates = new DuplicateFilter();
  private Predicate<String> waiting = segment -> false;
  private Consumer<WalFile> skips = file -> {};
  private Consumer<WalFile> pushes = file -> {};
  private Consumer<AbandonedPush> abandonments = push -> {};
  private final LastTime lastFailure;
  private final InstantSource clock;
  private OptionalLong lastExitCode = OptionalLong.empty();

  /** Nothing is known yet; its logs are read from now on, unless a checkpoint knows better. */
  ServerState(String name, Changes changes, InstantSource clock) {
    this.name = name;
    this.clock = clock;
    this.lastFailure = new LastTime(clock);
    this.witnesses = new Witnesses(clock.millis(), () -> count(ServerCount.LIMITED_WITNESSES));
    this.queue = new QueueState(witnesses, bound -> count(countOf(bound)), changes, clock);
  }

  public String name() {
    return name;
  }

  /** Tells who wants to know of segments that were skipped, and not pushed before: never stored. */
  public void onSkip(Consumer<WalFile> skips) {
    this.skips = skips;
  }

  /** Tells who wants to know of segments that the archiver pushed, each time that it says so. */
  public void onPush(Consumer<WalFile> pushes) {
    this.pushes = pushes;
  }

  /** Tells who wants to know of pushes that are given up. */
  void onAbandoned(Consumer<AbandonedPush> listener) {
    this.abandonments = listener;
  }

  /** Where this server's queue reports to. */
  public QueueEvents queueEvents() {
    return queue;
  }

  /** Takes whom to ask whether the segment of that name waits to be archived right now. */
  public void onDisk(Predicate<String> waiting) {
    this.waiting = waiting;
  }

  /** Whether archive_status could not be read when it was last looked at. */
  public boolean isQueueUnreadable() {
    return queue.problem() != null;
  }

  /** Makes an archiver's series exist before its first record. */
  public void expectArchiver(String archiver) {
    archiver(archiver);
  }

  /** Whether a completed push of that archiver was read. */
  public boolean hasTold(String archiver) {
    ArchiverState known = archivers.get(archiver);
    return known != null && known.hasCompleted();
  }

  ArchiverState archiver(String archiver) {
    return archivers.computeIfAbsent(
        archiver, any -> new ArchiverState(archiver, clock, push -> abandonments.accept(push)));
  }

  Iterable<ArchiverState> archivers() {
    return archivers.values();
  }

  /** A push record was read; the disk is the other witness. */
  void push(LogEvent.Push push, long readMillis) {
    ArchiverState archiver = archiver(push.archiver());
    if (push.state() == LogEvent.PushState.COMPLETE && !archiver.hasCompleted()) {
      witnesses.logBegins();
    }
    archiver.push(push, readMillis);
    if (push.file().kind() == WalFileKind.SEGMENT) {
      switch (push.state()) {
        case COMPLETE -> {
          witnesses.completedInLog(push.file().name(), push.archiver(), millis(push, readMillis));
          pushes.accept(push.file());
        }
        case SKIP -> {
          witnesses.skippedInLog(push.file().name());
          if (!witnesses.wasPushed(push.file().name())) {
            skips.accept(push.file());
          }
        }
        case BEGIN, FAIL -> {}
      }
    }
  }

  private static long millis(LogEvent.Push push, long readMillis) {
    Instant at = push.at();
    return at == null ? readMillis : at.toEpochMilli();
  }

  DuplicateFilter duplicates() {
    return duplicates;
  }

  /** The machine has booted: what was in flight is dead. */
  void booted() {
    archivers.values().forEach(ArchiverState::abandonAll);
  }

  void count(ServerCount what) {
    counts.increment(what);
  }

  private static ServerCount countOf(QueueBound bound) {
    return switch (bound) {
      case WORDS -> ServerCount.LIMITED_WORDS;
      case GAPS -> ServerCount.LIMITED_GAPS;
    };
  }

  void archiveCommandFailed(LogEvent.ArchiveCommandFailed failure) {
    counts.increment(countOf(failure.severity(), failure.cause()));
    Instant at = failure.at();
    if (at != null) {
      archiveCommandFailedAt(at.toEpochMilli());
    }
    Integer code = failure.code();
    if (code != null && failure.cause() == FailureCause.EXIT) {
      lastExitCode = OptionalLong.of(code);
    }
  }

  /** An archive command failed at that time, counted or not. */
  void archiveCommandFailedAt(long millis) {
    lastFailure.happened(millis);
  }

  private static ServerCount countOf(FailureSeverity severity, FailureCause cause) {
    boolean fatal = severity == FailureSeverity.FATAL;
    return switch (cause) {
      case EXIT -> fatal ? ServerCount.FAILED_FATAL_EXIT : ServerCount.FAILED_LOG_EXIT;
      case SIGNAL -> fatal ? ServerCount.FAILED_FATAL_SIGNAL : ServerCount.FAILED_LOG_SIGNAL;
      case MODULE -> fatal ? ServerCount.FAILED_FATAL_MODULE : ServerCount.FAILED_LOG_MODULE;
    };
  }

  /**
   * A copy for readers.
   *
   * @param facts what the archive queue and the server's files say right now
   */
  ServerSnapshot copy(ServerFacts facts) {
    long before = facts.pushDeadlineMillis();
    Map<String, ArchiverSnapshot> archiverCopies = new TreeMap<>();
    archivers.forEach(
        (archiver, state) ->
            archiverCopies.put(
                archiver, state.copy(witnesses.unarchived(archiver, before, waiting))));
    return new ServerSnapshot(
        name,
        facts,
        archiverCopies,
        counts.copy(),
        lastFailure.millis(),
        lastExitCode,
        queue.copyFiles(),
        queue.copyWatch(),
        queue.copyArchiveDuration(),
        queue.lastScanNanos(),
        queue.problem(),
        witnesses.unlogged(before),
        duplicates.evictions());
  }

  void save(Node node) {
    counts.save(node.add("counts"));
    lastFailure.save(node, "lastFailure");
    node.put("lastExitCode", lastExitCode);
    queue.save(node.add("queue"));
    witnesses.save(node.add("witnesses"));
    duplicates.save(node.add("duplicates"));
    Node saved = node.add("archivers");
    archivers.forEach((archiver, state) -> state.save(saved.add(archiver)));
  }

  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      counts.restore(node.at("counts"));
      queue.restore(node.at("queue"));
    }
    witnesses.restore(node.at("witnesses"));
    duplicates.restore(node.at("duplicates"), withCounters);
    lastFailure.restore(node, "lastFailure");
    lastExitCode = node.longAt("lastExitCode");
    Node saved = node.at("archivers");
    saved.names().forEach(name -> archiver(name).restore(saved.at(name), withCounters));
  }
}
