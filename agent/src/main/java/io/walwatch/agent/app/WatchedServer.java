/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.ArchiverProcess;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.archive.ServerStatus.ArchiveMethod;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.ServerState;
import io.walwatch.parse.LogParserProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A server that the loop looks after. Used on the loop's thread only. */
final class WatchedServer {
  private final ServerState state;
  private final Optional<ServerFiles> files;
  private final Optional<ArchiveQueue> queue;
  private final List<LogParserProvider> parsers;
  private final GoneProcesses processes;
  private final Optional<ArchiverProcess> archiver;
  private Optional<ServerStatus> status = Optional.empty();
  private Set<String> named = Set.of();
  private Optional<String> command = Optional.empty();
  private boolean hasLibrary;

  /**
   * Looks at nothing yet.
   *
   * @param parsers asked which archiver the server's archive_command runs
   * @param processes where the processes of its pushes are seen
   * @param archiver where its archiver is seen
   */
  WatchedServer(
      ServerState state,
      Optional<ServerFiles> files,
      Optional<ArchiveQueue> queue,
      List<LogParserProvider> parsers,
      GoneProcesses processes,
      Optional<ArchiverProcess> archiver) {
    this.state = state;
    this.files = files;
    this.queue = queue;
    this.parsers = List.copyOf(parsers);
    this.processes = processes;
    this.archiver = archiver;
    queue.ifPresent(waiting -> state.onSkip(waiting::skipped));
    queue.ifPresent(waiting -> state.onPush(waiting::pushed));
    queue.ifPresent(waiting -> state.onDisk(waiting::isWaiting));
  }

  String name() {
    return state.name();
  }

  Optional<ArchiveQueue> queue() {
    return queue;
  }

  /** Size of its WAL segments, once its files have told. */
  OptionalLong segmentSizeBytes() {
    return status.map(ServerStatus::segmentSizeBytes).orElse(OptionalLong.empty());
  }

  /** Where its WAL lies, if its data directory is known. */
  Optional<Path> walDirectory() {
    return files.map(ServerFiles::walDirectory);
  }

  /** Reads the server's files anew. */
  void refresh() {
    status = files.map(ServerFiles::status);
    status.ifPresent(known -> queue.ifPresent(waiting -> waiting.server(known)));
    Optional<ArchiveMethod> method = status.flatMap(ServerStatus::archiveMethod);
    hasLibrary = method.equals(Optional.of(ArchiveMethod.LIBRARY));
    command = hasLibrary ? Optional.empty() : status.flatMap(ServerStatus::archiveCommand);
    archivers().filter(this::isRun).forEach(parser -> state.expectArchiver(parser.name()));
  }

  /** Takes which parsers the configuration names for this server's logs. */
  void named(Set<String> parserNames) {
    named = Set.copyOf(parserNames);
    archivers().filter(this::isNamed).forEach(parser -> state.expectArchiver(parser.name()));
  }

  private Stream<LogParserProvider> archivers() {
    return parsers.stream().filter(LogParserProvider::isArchiver);
  }

  private boolean isRun(LogParserProvider parser) {
    return command.filter(parser::claims).isPresent();
  }

  private boolean isNamed(LogParserProvider parser) {
    return named.contains(parser.name());
  }

  /**
   * Whether pushes are to be expected in the log: of the archivers that archive_command runs, or,
   * where it runs a script that says nothing to us, of those that are named or have told something.
   * A library archives within the server, and no parser's program says anything.
   */
  private boolean isArchiverKnown() {
    if (hasLibrary) {
      return false;
    }
    List<LogParserProvider> run = archivers().filter(this::isRun).toList();
    return run.isEmpty()
        ? archivers().anyMatch(parser -> isNamed(parser) || state.hasTold(parser.name()))
        : run.stream().anyMatch(parser -> parser.tellsEveryPush() || state.hasTold(parser.name()));
  }

  /** Looks at the queue where that is due; returns whether it was listed. */
  boolean tick() {
    return queue.isPresent() && queue.get().tick();
  }

  /**
   * Looks which of its pushes' processes are still there; to be called before the log is read, so
   * that what a process said last is read after it was seen to be gone. And who is its archiver, so
   * that one is known by the time it has failed.
   */
  void lookAtProcesses(Set<Long> pushing) {
    archiver.ifPresent(ArchiverProcess::look);
    processes.look(isVisible() ? pushing : Set.of());
  }

  /** Whether a process that lookAtProcesses was told of is gone for good. */
  boolean isGone(long pid) {
    return processes.isGone(pid);
  }

  /** A process that is not in /proc proves something only where the server's own is there. */
  private boolean isVisible() {
    return status.flatMap(ServerStatus::running).orElse(false);
  }

  ServerFacts facts(long pushDeadlineMillis) {
    boolean readable = !state.isQueueUnreadable();
    return new ServerFacts(
        queue.isPresent(),
        readable ? queue.map(ArchiveQueue::status) : Optional.empty(),
        status,
        isArchiverKnown(),
        pushDeadlineMillis);
  }

  void close() {
    queue.ifPresent(ArchiveQueue::close);
    state.onSkip(file -> {});
    state.onPush(file -> {});
    state.onDisk(segment -> false);
  }
}
