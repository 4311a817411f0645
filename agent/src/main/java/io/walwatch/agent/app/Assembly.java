/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.ArchiverProcess;
import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.evidence.StreamTrail;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.PositionCodec;
import io.walwatch.agent.state.QueueMemoryCodec;
import io.walwatch.agent.state.ServerState;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.LastWrites;
import io.walwatch.agent.tail.LineHandlers;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.TailLimits;
import io.walwatch.agent.tail.Waker;
import io.walwatch.parse.ArchiverWitness;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.PipelineOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Builds what the loop works on from what the configuration says. */
final class Assembly {
  private final Plugins plugins;
  private final AgentState state;
  private final InstantSource clock;
  private final FileSource.Start start;
  private final LeftBehind leftBehind;
  private final DirectoryWatcher watcher;
  private final Map<String, ArchiverWitness> archivers = new HashMap<>();
  private final FileTrails trails = new FileTrails();
  private Optional<Listener> evidence = Optional.empty();
  private Voice voice = Voice.STAYING;
  private Waker waker = Waker.NOBODY;
  private Streams streams;

  /**
   * Builds nothing yet.
   *
   * @param start where logs begin that are read for the first time
   */
  Assembly(
      Limits limits,
      Plugins plugins,
      AgentState state,
      InstantSource clock,
      FileSource.Start start,
      LeftBehind leftBehind,
      DirectoryWatcher watcher) {
    this.plugins = plugins;
    this.state = state;
    this.clock = clock;
    this.start = start;
    this.leftBehind = leftBehind;
    this.streams = new Streams(tailLimits(limits), start, clock);
    this.watcher = watcher;
  }

  /** Puts something around the sink of each log. */
  @FunctionalInterface
  interface Listener {
    EventSink around(EventSink sink, String server, Trail trail);
  }

  /** Takes what bounds the streams that are opened from now on. */
  void limit(Limits limits) {
    streams = new Streams(tailLimits(limits), start, clock);
  }

  /** Takes whom streams wake. */
  void wake(Waker whom) {
    waker = whom;
  }

  /** Takes what is said of what cannot be read. */
  void speak(Voice how) {
    voice = how;
  }

  /** Whoever else wants to know what logs say. */
  void tell(Listener listener) {
    evidence = Optional.of(listener);
  }

  /** A server with its queue and its files; its state is known from now on. */
  WatchedServer server(ServerConfig server) {
    ServerState serverState = state.server(server.name());
    Optional<ServerFiles> files =
        server.dataDirectory().map(directory -> new ServerFiles(directory, clock));
    Optional<StatusDirectory> directory =
        server
            .archiveStatus()
            .map(StatusDirectory::at)
            .or(() -> server.dataDirectory().map(StatusDirectory::below));
    Optional<ArchiveQueue> queue =
        directory.map(
            status ->
                new ArchiveQueue(
                    status,
                    new SpokenQueueTrouble(server.name(), place(server), serverState, voice),
                    watcher,
                    clock,
                    QueueMemoryCodec.read(leftBehind.queue(server.name()))));
    Optional<ArchiverProcess> archiver =
        server.dataDirectory().map(data -> new ArchiverProcess(data, clock));
    archivers.remove(server.name());
    archiver.ifPresent(process -> archivers.put(server.name(), process));
    return new WatchedServer(
        serverState,
        files,
        queue,
        plugins.providers(),
        new GoneProcesses(Path.of("/proc"), clock),
        archiver);
  }

  private static Path place(ServerConfig server) {
    return server.archiveStatus().or(server::dataDirectory).orElseThrow();
  }

  /**
   * A source with its stream; its state is known from now on.
   *
   * @param plan names the other logs of the same server
   * @param newSinceMillis files made since then are read from their beginning
   * @throws UsageException when an address cannot be listened on
   */
  WatchedSource source(LogSource source, WatchPlan plan, long newSinceMillis)
      throws UsageException {
    ArchiverWitness witness = archivers.getOrDefault(source.server(), ArchiverWitness.NONE);
    PipelineOptions options = source.pipeline().withArchiver(witness);
    Authority authority = new Authority(logsOf(source.server(), plan));
    SourceState sourceState = state.source(source.name());
    sourceState.reopened();
    for (LogParserProvider provider : plugins.providers()) {
      if (options.parsers().isEmpty() || options.parsers().contains(provider.name())) {
        sourceState.expectParser(provider.name());
      }
    }
    ParserWatch parsers = new ParserWatch(sourceState, plugins.providers());
    BiFunction<String, EventSink, LogPipeline> pipelines =
        (path, sink) -> parsers.pipeline(zoned(authority.options(options, path), path), sink);
    ParserMemories memories = new ParserMemories(sourceState::memoryForgotten);
    memories.restore(leftBehind.memories(source.name()));
    Function<EventSink, LineHandlers> handlers =
        sink ->
            path ->
                new PipelineHandler(
                    () -> memories.begun(path, pipelines.apply(path, sink)),
                    over -> memories.ended(path, over));
    OwnFaults faults = new OwnFaults(state, source.name());
    EventSink sink = state.sink(source.name(), source.server());
    EventSink primer = new SteadySink(state.primer(source.name(), source.server()), faults);
    boolean isOfFiles = source.input() instanceof SourceInput.Files;
    LogStream stream =
        streams.open(
            source.input(),
            newSinceMillis,
            PositionCodec.read(leftBehind.position(source.name())),
            steady(trailed(handlers, sink, source.server(), isOfFiles, faults), faults),
            steady(path -> new PipelineHandler(() -> pipelines.apply(path, primer)), faults),
            new SpokenTrouble(sourceState, isOfFiles, voice));
    stream.wakeBy(waker);
    return new WatchedSource(source.name(), source.server(), stream, memories);
  }

  private static LineHandlers steady(LineHandlers handlers, OwnFaults faults) {
    return path -> new SteadyHandler(() -> handlers.open(path), faults);
  }

  /** With somebody who wants to know what stands around a record. */
  private LineHandlers trailed(
      Function<EventSink, LineHandlers> handlers,
      EventSink sink,
      String server,
      boolean isOfFiles,
      OwnFaults faults) {
    if (evidence.isEmpty()) {
      return handlers.apply(new SteadySink(sink, faults));
    }
    Listener listener = evidence.get();
    return path -> {
      Trail trail = isOfFiles ? trails.open(path) : new StreamTrail();
      EventSink around = new SteadySink(listener.around(sink, server, trail), faults);
      return new TrailedHandler(handlers.apply(around).open(path), trail);
    };
  }

  /** Where the server's zone is not known, the end of a file may tell. */
  static PipelineOptions zoned(PipelineOptions options, String path) {
    return options.logTimezone() == null ? options.withLastWrite(LastWrites.of(path)) : options;
  }

  private static List<LogSource> logsOf(String server, WatchPlan plan) {
    return plan.sources().stream().filter(source -> source.server().equals(server)).toList();
  }

  private static TailLimits tailLimits(Limits limits) {
    TailLimits usual = TailLimits.DEFAULT;
    return new TailLimits(
        limits.lineBytes(),
        usual.maxOpenFiles(),
        usual.quiet(),
        usual.lateWriter(),
        usual.deletedWriter(),
        limits.catchUpBytes().orElse(TailLimits.UNLIMITED));
  }
}
