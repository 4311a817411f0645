/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.parse.EventSink;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known. Written by the loop only; readers get a {@link Snapshot}.
 *
 * <p>Servers and sources that a checkpoint knows and nobody watches are kept for a while, unseen.
 */
public final class AgentState {
  private final InstantSource clock;
  private final Changes changes = new Changes();
  private final SortedMap<String, ServerState> servers = new TreeMap<>();
  private final SortedMap<String, SourceState> sources = new TreeMap<>();
  private final SortedMap<String, InventoryState> backups = new TreeMap<>();
  private long absentDropped;
  private final Absent<ServerState> absentServers = new Absent<>(() -> absentDropped++);
  private final Absent<SourceState> absentSources = new Absent<>(() -> absentDropped++);
  private final JobsState jobs;
  private AbandonedPush.Listener abandonments = (server, push) -> {};
  private long internalErrors;

  public AgentState(InstantSource clock) {
    this.clock = clock;
    this.jobs = new JobsState(changes, clock);
  }

  /** Tells who wants to know of pushes that are given up. */
  public void onAbandoned(AbandonedPush.Listener listener) {
    abandonments = listener;
  }

  /** The server of that name, known from now on. */
  public ServerState server(String name) {
    return servers.computeIfAbsent(
        name, any -> orElse(absentServers.take(name), this::newServer, name));
  }

  private ServerState newServer(String name) {
    ServerState server = new ServerState(name, changes, clock);
    server.onAbandoned(push -> abandonments.abandoned(name, push));
    return server;
  }

  /** The source of that name, known from now on. */
  public SourceState source(String name) {
    return sources.computeIfAbsent(
        name, any -> orElse(absentSources.take(name), this::newSource, name));
  }

  private SourceState newSource(String name) {
    return new SourceState(name, changes, clock);
  }

  private static <T> T orElse(@Nullable T state, Function<String, T> maker, String name) {
    return state == null ? maker.apply(name) : state;
  }

  /** Servers that a checkpoint knows and nobody watches, not for long yet. */
  public Set<String> absentServers() {
    return absentServers.names();
  }

  /** The same for sources. */
  public Set<String> absentSources() {
    return absentSources.names();
  }

  /** The set of backups of that name, known from now on. */
  public InventoryState backups(BackupSet set) {
    return backups.computeIfAbsent(set.name(), any -> new InventoryState(set, changes));
  }

  /**
   * Nobody watches this server any longer: it is not shown, and kept as one is that a checkpoint
   * knows and nobody watches.
   */
  public void leaveServer(String name) {
    leave(servers, absentServers, name);
  }

  /** The same for a source. */
  public void leaveSource(String name) {
    leave(sources, absentSources, name);
    servers.values().forEach(server -> server.duplicates().leave(name));
  }

  private <T> void leave(Map<String, T> states, Absent<T> absent, String name) {
    T state = states.remove(name);
    if (state != null) {
      absent.keep(name, state, clock.millis(), clock.millis());
      changes.note();
    }
  }

  /** What a set of backups is from now on; what is known of one with this provider stays known. */
  public InventoryState renewBackups(BackupSet set) {
    InventoryState state = new InventoryState(set, changes);
    InventoryState old = backups.put(set.name(), state);
    if (old != null) {
      Node known = new Node();
      old.save(known);
      state.restore(known);
    }
    changes.note();
    return state;
  }

  /** Nobody looks at this set of backups any longer; what was known of it is forgotten. */
  public void leaveBackups(String name) {
    backups.remove(name);
    changes.note();
  }

  /** The jobs that are configured or were run. */
  public JobsState jobs() {
    return jobs;
  }

  /** Where the parsers of a source report to. */
  public EventSink sink(String source, String server) {
    ServerState serverState = server(server);
    serverState.duplicates().expect(source);
    return new SourceSink(
        source(source),
        serverState.duplicates(),
        new EventApplier(serverState, clock),
        changes,
        clock);
  }

  /**
   * Where the parsers report to that read what was in a source before us: of that only the times
   * are taken.
   */
  public EventSink primer(String source, String server) {
    return new Primer(source(source), server(server), changes);
  }

  /**
   * What has changed, of all that is counted or that a restart needs, since this was asked last.
   * What has changed must be written down before it is shown.
   */
  public Change takeChanges() {
    return changes.take();
  }

  /** The agent has survived a fault of its own. */
  public void internalError() {
    internalErrors++;
    changes.note();
  }

  /**
   * Whether so many records wait for their other ways that a source of this server which is ahead
   * had better wait for those behind.
   */
  public boolean isCrowded(String server) {
    return server(server).duplicates().isCrowded();
  }

  /**
   * The time of the newest record of a source, in milliseconds; the least number while none is
   * known, or no other source could repeat it.
   */
  public long newestRecordMillis(String server, String source) {
    return server(server).duplicates().newestMillis(source);
  }

  /** Gives up pushes of a server that began before a moment. */
  public void expirePushes(String server, long beforeMillis) {
    server(server).archivers().forEach(archiver -> changes.note(archiver.expire(beforeMillis)));
  }

  /** Gives up pushes of a server whose process is gone. */
  public void abandonPushesOf(String server, LongPredicate gone) {
    server(server).archivers().forEach(archiver -> changes.note(archiver.abandonGone(gone)));
  }

  /** Processes of a server's pushes in flight. */
  public Set<Long> pushingProcesses(String server) {
    Set<Long> processes = new HashSet<>();
    server(server).archivers().forEach(archiver -> processes.addAll(archiver.processes()));
    return processes;
  }

  /** The machine has booted since the checkpoint: what was in flight then is dead. */
  public void booted() {
    servers.values().forEach(ServerState::booted);
    absentServers.forEach((name, server) -> server.booted());
  }

  /**
   * A copy for readers.
   *
   * @param serverFacts what the disk says about a server right now, by name
   * @param sourceFacts what a source looks like right now, by name
   * @param agentFacts what the agent's parts know about themselves right now
   */
  public Snapshot publish(
      Function<String, ServerFacts> serverFacts,
      Function<String, SourceFacts> sourceFacts,
      AgentFacts agentFacts) {
    return new Snapshot(
        servers.values().stream().map(s -> s.copy(serverFacts.apply(s.name()))).toList(),
        sources.values().stream().map(s -> s.copy(sourceFacts.apply(s.name()))).toList(),
        backups.values().stream().map(InventoryState::copy).toList(),
        jobs.copy(),
        new AgentSnapshot(agentFacts, internalErrors, absentDropped));
  }

  /** Writes all that a restart needs. */
  public void save(Node node) {
    node.put("internalErrors", internalErrors);
    node.put("absentDropped", absentDropped);
    Node serverNodes = node.add("servers");
    servers.forEach((name, server) -> server.save(serverNodes.add(name)));
    absentServers.forEach((name, server) -> server.save(serverNodes.add(name)));
    Node sourceNodes = node.add("sources");
    sources.forEach((name, source) -> source.save(sourceNodes.add(name)));
    absentSources.forEach((name, source) -> source.save(sourceNodes.add(name)));
    Node absent = node.add("absent");
    absentServers.save(absent.add("servers"));
    absentSources.save(absent.add("sources"));
    Node backupNodes = node.add("backups");
    backups.forEach((name, set) -> set.save(backupNodes.add(name)));
    jobs.save(node.add("jobs"));
  }

  /**
   * Takes over what a checkpoint holds, once the servers and sources are known that are watched
   * from the start.
   *
   * @param withCounters false where the counters must start again at 0
   */
  public void restore(Node node, boolean withCounters) {
    if (withCounters) {
      internalErrors = node.longAt("internalErrors", 0);
      absentDropped = node.longAt("absentDropped", 0);
    }
    Node absent = node.at("absent");
    Restorer<ServerState> server = (state, saved) -> state.restore(saved, withCounters);
    restore(servers, node.at("servers"), server);
    restoreAbsent(
        node.at("servers"),
        absent.at("servers"),
        servers.keySet(),
        absentServers,
        this::newServer,
        server);
    Restorer<SourceState> source = (state, saved) -> state.restore(saved, withCounters);
    restore(sources, node.at("sources"), source);
    restoreAbsent(
        node.at("sources"),
        absent.at("sources"),
        sources.keySet(),
        absentSources,
        this::newSource,
        source);
    restore(backups, node.at("backups"), InventoryState::restore);
    jobs.restore(node.at("jobs"), withCounters);
  }

  private interface Restorer<T> {
    void restore(T state, Node saved);
  }

  private static <T> void restore(Map<String, T> states, Node saved, Restorer<T> restorer) {
    states.forEach((name, state) -> restorer.restore(state, saved.at(name)));
  }

  private <T> void restoreAbsent(
      Node saved,
      Node since,
      Set<String> watched,
      Absent<T> absent,
      Function<String, T> maker,
      Restorer<T> restorer) {
    long now = clock.millis();
    for (String name : saved.names()) {
      if (!watched.contains(name)) {
        T state = maker.apply(name);
        restorer.restore(state, saved.at(name));
        absent.keep(name, state, since.longAt(name, now), now);
      }
    }
  }
}
