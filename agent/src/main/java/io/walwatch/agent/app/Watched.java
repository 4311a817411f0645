/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.util.Objects.requireNonNull;

import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.PositionCodec;
import io.walwatch.agent.state.QueueMemoryCodec;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceFacts;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.Waker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All servers and sources that are watched, by name. Loop's thread only. */
final class Watched {
  private final AgentState state;
  private final Assembly assembly;
  private final InstantSource clock;
  private final Map<String, WatchedServer> servers = new LinkedHashMap<>();
  private final Map<String, WatchedSource> sources = new LinkedHashMap<>();
  private final Basis basis = new Basis();
  private final LeftBehind leftBehind;
  private Limits limits;

  private Watched(
      AgentState state,
      Assembly assembly,
      LeftBehind leftBehind,
      InstantSource clock,
      Limits limits) {
    this.state = state;
    this.assembly = assembly;
    this.leftBehind = leftBehind;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Builds what a configuration asks for; nothing is watched yet.
   *
   * @param start where logs begin that are read for the first time
   * @param restored what an earlier run left
   * @param watcher tells of changes in queues
   */
  static Watched of(
      Limits limits,
      Plugins plugins,
      AgentState state,
      InstantSource clock,
      FileSource.Start start,
      Restored restored,
      DirectoryWatcher watcher) {
    LeftBehind leftBehind = new LeftBehind(restored);
    Assembly assembly = new Assembly(limits, plugins, state, clock, start, leftBehind, watcher);
    return new Watched(state, assembly, leftBehind, clock, limits);
  }

  /**
   * The files of a plan, for a single look without memory of an earlier one: servers and queues are
   * looked at already, logs are still to be read.
   *
   * @throws UsageException when a source cannot be opened at all
   */
  static Watched lookedAt(
      AgentConfig config,
      WatchPlan plan,
      Plugins plugins,
      AgentState state,
      InstantSource clock,
      FileSource.Start start,
      Voice voice)
      throws UsageException {
    Limits limits = config.limits().withoutCatchUp();
    Watched watched =
        of(limits, plugins, state, clock, start, Restored.nothing(), new NobodyWatches());
    watched.assembly.speak(voice);
    watched.add(Watchlist.filesOnly(plan));
    watched.servers().forEach(WatchedServer::refresh);
    watched.servers().forEach(WatchedServer::tick);
    return watched;
  }

  /** Takes whom the streams wake that are added from now on. */
  void wake(Waker waker) {
    assembly.wake(waker);
  }

  /** Whoever else wants to know what the logs say that are added from now on. */
  void tell(Assembly.Listener listener) {
    assembly.tell(listener);
  }

  /**
   * Adds what a plan names and is not watched yet. What it no longer names stays: a server that
   * went away is the last thing to be silent about.
   *
   * @return whether there was anything to add
   * @throws UsageException when a source cannot be opened at all; the others are added
   */
  boolean add(WatchPlan plan) throws UsageException {
    return add(plan, FileSource.NOTHING_IS_NEW);
  }

  /**
   * The same, of a plan that follows another one.
   *
   * @param plannedMillis when that was made, since the epoch: a log that was made since then, and
   *     that holds what no other one does, is read from its beginning
   */
  boolean add(WatchPlan plan, long plannedMillis) throws UsageException {
    int before = servers.size() + sources.size();
    for (ServerConfig server : plan.servers()) {
      if (!servers.containsKey(server.name())) {
        servers.put(server.name(), assembly.server(server));
        basis.begun(server);
      }
    }
    servers.values().forEach(server -> server.named(parsersFor(server, plan)));
    UsageException problem = null;
    for (LogSource source : plan.sources()) {
      if (!sources.containsKey(source.name())) {
        try {
          long newSince = source.alone() ? plannedMillis : FileSource.NOTHING_IS_NEW;
          sources.put(source.name(), assembly.source(source, plan, newSince));
          basis.begun(source, plan, limits);
        } catch (UsageException e) {
          problem = e;
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
    return servers.size() + sources.size() > before;
  }

  /**
   * Makes what is watched what a plan says. What it says as before goes on untouched; what it says
   * otherwise goes on where it was, as after a restart; what it no longer says is kept unseen, as
   * after a restart, unless nobody has ever named it: what was found and went away stays.
   *
   * @param before the configuration that held until now
   * @return one line for each server and source that is no longer watched
   * @throws UsageException when a source cannot be opened at all; all else is done
   */
  List<String> change(WatchPlan plan, AgentConfig before, AgentConfig after) throws UsageException {
    Ending ending = new Ending(state, leftBehind, plan);
    for (WatchedSource source : List.copyOf(sources.values())) {
      if (basis.sourceMustEnd(source.name(), plan, before, after)) {
        ending.end(source);
        sources.remove(source.name());
        basis.ended(source);
      }
    }
    for (WatchedServer server : List.copyOf(servers.values())) {
      if (basis.mustEnd(server.name(), plan, before, after)) {
        ending.end(server);
        servers.remove(server.name());
        basis.ended(server);
      }
    }
    limits = after.limits();
    try {
      // What has a position was being read: nothing of it is too far behind.
      assembly.limit(limits.withoutCatchUp());
      add(plan);
    } finally {
      assembly.limit(limits);
    }
    return ending.lines();
  }

  /**
   * Reads logs as their servers' settings say now, each from where it was.
   *
   * @return whether any of them is read otherwise than before
   * @throws UsageException when one cannot be opened at all
   */
  boolean follow(WatchPlan plan) throws UsageException {
    // One that could not be opened anew is added like any other.
    List<LogSource> changed =
        basis.changed(plan, limits).stream()
            .filter(source -> sources.containsKey(source.name()))
            .toList();
    Ending ending = new Ending(state, leftBehind, plan);
    try {
      assembly.limit(limits.withoutCatchUp());
      for (LogSource source : changed) {
        WatchedSource before = requireNonNull(sources.remove(source.name()), source.name());
        ending.end(before);
        LogSource follower = basis.withOldPlaces(source);
        sources.put(source.name(), assembly.source(follower, plan, FileSource.NOTHING_IS_NEW));
        basis.begun(source, plan, limits);
      }
    } finally {
      assembly.limit(limits);
    }
    return !changed.isEmpty();
  }

  /** A push in flight for longer counts as abandoned. */
  Duration pushTimeout() {
    return limits.pushTimeout();
  }

  private static Set<String> parsersFor(WatchedServer server, WatchPlan plan) {
    return plan.sources().stream()
        .filter(source -> source.server().equals(server.name()))
        .flatMap(source -> source.pipeline().parsers().stream())
        .collect(Collectors.toSet());
  }

  Collection<WatchedServer> servers() {
    return servers.values();
  }

  Collection<WatchedSource> sources() {
    return sources.values();
  }

  /** Joins what is counted with what the disk looks like right now. */
  Snapshot snapshot(AgentFacts agent) {
    long deadlineMillis = clock.millis() - limits.pushTimeout().toMillis();
    return state.publish(
        name -> {
          WatchedServer server = servers.get(name);
          return server == null ? ServerFacts.NONE : server.facts(deadlineMillis);
        },
        name -> {
          WatchedSource source = sources.get(name);
          return source == null ? new SourceFacts("", 0, 0) : source.facts();
        },
        agent);
  }

  /** Writes all that a restart needs. */
  void save(Node node) {
    state.save(node.add("state"));
    Node positions = node.add("positions");
    leftBehind.savePositions(state.absentSources(), positions);
    for (WatchedSource source : sources()) {
      PositionCodec.write(source.stream().position(), positions.add(source.name()));
    }
    Node memories = node.add("memories");
    leftBehind.saveMemories(state.absentSources(), memories);
    for (WatchedSource source : sources()) {
      source.memories().save(memories.add(source.name()));
    }
    Node queues = node.add("queues");
    leftBehind.saveQueues(state.absentServers(), queues);
    for (WatchedServer server : servers()) {
      server
          .queue()
          .ifPresent(queue -> QueueMemoryCodec.write(queue.memory(), queues.add(server.name())));
    }
  }

  void close() {
    sources().forEach(source -> source.stream().close());
    servers().forEach(WatchedServer::close);
  }
}
