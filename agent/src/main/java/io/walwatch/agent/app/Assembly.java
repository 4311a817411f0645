/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.PositionCodec;
import io.walwatch.agent.state.QueueMemoryCodec;
import io.walwatch.agent.state.ServerState;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.FileLogStream;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.TailLimits;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.PipelineOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds what the loop works on from what the configuration says. */
final class Assembly {
  private final AgentConfig config;
  private final Plugins plugins;
  private final AgentState state;
  private final InstantSource clock;
  private final FileSource.Start start;
  private final Restored restored;

  /**
   * Builds nothing yet.
   *
   * @param start where logs begin that are read for the first time
   */
  Assembly(
      AgentConfig config,
      Plugins plugins,
      AgentState state,
      InstantSource clock,
      FileSource.Start start,
      Restored restored) {
    this.config = config;
    this.plugins = plugins;
    this.state = state;
    this.clock = clock;
    this.start = start;
    this.restored = restored;
  }

  List<WatchedServer> servers(DirectoryWatcher watcher) {
    List<WatchedServer> servers = new ArrayList<>();
    for (ServerConfig server : config.servers()) {
      servers.add(server(server, watcher));
    }
    return servers;
  }

  private WatchedServer server(ServerConfig server, DirectoryWatcher watcher) {
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
                    serverState.queueEvents(),
                    watcher,
                    clock,
                    QueueMemoryCodec.read(restored.node().at("queues").at(server.name()))));
    return new WatchedServer(serverState, files, queue);
  }

  List<WatchedSource> sources() {
    List<WatchedSource> sources = new ArrayList<>();
    for (ServerConfig server : config.servers()) {
      List<String> logs = server.logs().orElse(List.of());
      if (!logs.isEmpty()) {
        sources.add(files(server.name(), server.name(), logs, PipelineOptions.DEFAULT));
      }
    }
    for (SourceConfig source : config.sources()) {
      sources.add(source(source));
    }
    return sources;
  }

  private WatchedSource source(SourceConfig source) {
    String server = source.server().orElseGet(this::onlyServer);
    PipelineOptions options =
        new PipelineOptions(
            source.framing().orElse(null),
            source.logLinePrefix().orElse(null),
            source.logTimezone().orElse(null),
            source.parsers(),
            true);
    if (source.input() instanceof SourceInput.Files files) {
      return files(source.name(), server, files.globs(), options);
    }
    throw new IllegalStateException(source.name() + ": " + source.input());
  }

  private String onlyServer() {
    return config.servers().size() == 1 ? config.servers().get(0).name() : "main";
  }

  private WatchedSource files(
      String name, String server, List<String> globs, PipelineOptions options) {
    SourceState sourceState = state.source(name);
    for (LogParserProvider provider : plugins.providers()) {
      if (options.parsers().isEmpty() || options.parsers().contains(provider.name())) {
        sourceState.expectParser(provider.name());
      }
    }
    TailLimits limits = tailLimits();
    LogStream stream =
        new FileLogStream(
            new FileSource(globs, start, limits),
            PositionCodec.read(restored.node().at("positions").at(name)),
            path ->
                new PipelineHandler(
                    LogPipelines.create(options, plugins.providers(), state.sink(name, server))),
            sourceState,
            System::nanoTime);
    return new WatchedSource(name, server, stream);
  }

  private TailLimits tailLimits() {
    TailLimits usual = TailLimits.DEFAULT;
    return new TailLimits(
        config.limits().lineBytes(),
        usual.maxOpenFiles(),
        usual.quiet(),
        usual.lateWriter(),
        usual.deletedWriter());
  }
}
