/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.util.Objects.requireNonNull;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What servers and sources were begun with, and so, at a reload, which of them have to end. Loop's
 * thread only.
 */
final class Basis {
  private final Map<String, ServerConfig> servers = new HashMap<>();
  private final Map<String, SourceBasis> sources = new HashMap<>();

  Basis() {}

  /** All that decides how a source is read; its server's logs decide which of them counts. */
  private record SourceBasis(
      LogSource source, Optional<ServerConfig> server, List<LogSource> logs, int lineBytes) {
    static SourceBasis of(LogSource source, WatchPlan plan, Limits limits) {
      return new SourceBasis(
          source,
          serverOf(plan, source.server()),
          plan.sources().stream().filter(log -> log.server().equals(source.server())).toList(),
          limits.lineBytes());
    }
  }

  /** A server is watched from now on. */
  void begun(ServerConfig server) {
    servers.put(server.name(), server);
  }

  /** A source is read from now on. */
  void begun(LogSource source, WatchPlan plan, Limits limits) {
    sources.put(source.name(), SourceBasis.of(source, plan, limits));
  }

  /** A server is watched no longer. */
  void ended(WatchedServer server) {
    servers.remove(server.name());
  }

  /** A source is read no longer. */
  void ended(WatchedSource source) {
    sources.remove(source.name());
  }

  /** Whether a server cannot go on as it is under a new plan. */
  boolean mustEnd(String server, WatchPlan plan, AgentConfig before, AgentConfig after) {
    Optional<ServerConfig> planned = serverOf(plan, server);
    ServerConfig begun = requireNonNull(servers.get(server), server);
    return planned.isPresent() ? !planned.get().equals(begun) : !isFound(begun, before, after);
  }

  /** Whether a source cannot go on as it is under a new plan. Asked before its server ends. */
  boolean sourceMustEnd(String source, WatchPlan plan, AgentConfig before, AgentConfig after) {
    SourceBasis begun = requireNonNull(sources.get(source), source);
    Optional<LogSource> planned = sourceOf(plan, source);
    if (planned.isEmpty()) {
      String server = begun.source.server();
      return !servers.containsKey(server)
          || mustEnd(server, plan, before, after)
          || !isFound(begun.source, before)
          || !isFound(begun.source, after);
    }
    // Standard input cannot be opened a second time.
    return !(begun.source.input() instanceof SourceInput.Stdin
            && planned.get().input() instanceof SourceInput.Stdin)
        && !SourceBasis.of(planned.get(), plan, after.limits()).equals(begun);
  }

  /**
   * The logs that the same configuration finds otherwise now, since their server's settings
   * changed. Only files: what is listened to goes on.
   */
  List<LogSource> changed(WatchPlan plan, Limits limits) {
    return plan.sources().stream()
        .filter(source -> source.input() instanceof SourceInput.Files)
        .filter(source -> sources.containsKey(source.name()))
        .filter(source -> !SourceBasis.of(source, plan, limits).equals(sources.get(source.name())))
        .toList();
  }

  /**
   * A changed log with its old places as well: a setting may be in a file and not in force, and
   * what was written last in the old place may not be read yet.
   */
  LogSource withOldPlaces(LogSource changed) {
    LogSource begun = requireNonNull(sources.get(changed.name()), changed.name()).source();
    if (!(changed.input() instanceof SourceInput.Files now
        && begun.input() instanceof SourceInput.Files before)) {
      return changed;
    }
    Set<String> globs = new LinkedHashSet<>(now.globs());
    globs.addAll(before.globs());
    return new LogSource(
        changed.name(),
        changed.server(),
        new SourceInput.Files(List.copyOf(globs)),
        changed.pipeline(),
        changed.alone());
  }

  /** A server that nobody has named, and that went away, is the last thing to be silent about. */
  private static boolean isFound(ServerConfig server, AgentConfig before, AgentConfig after) {
    return before.servers().isEmpty()
        && after.servers().isEmpty()
        && after.discovery()
        && server.dataDirectory().isPresent();
  }

  /** The same for a log that its server's settings tell of. */
  private static boolean isFound(LogSource source, AgentConfig config) {
    return config.sources().stream().noneMatch(named -> named.name().equals(source.name()))
        && config.servers().stream()
            .noneMatch(
                server -> server.name().equals(source.server()) && server.logs().isPresent());
  }

  static Optional<ServerConfig> serverOf(WatchPlan plan, String name) {
    return plan.servers().stream().filter(server -> server.name().equals(name)).findFirst();
  }

  static Optional<LogSource> sourceOf(WatchPlan plan, String name) {
    return plan.sources().stream().filter(source -> source.name().equals(name)).findFirst();
  }
}
