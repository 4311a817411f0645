/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.http.HttpServer;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.tail.FileSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.time.InstantSource;
import java.util.List;

/** The running agent: a loop that writes and an HTTP server that reads. */
final class Agent implements AutoCloseable {
  private static final long STOP_MILLIS = 1_500;

  private final StateDirectory stateDirectory;
  private final HttpServer http;
  private final Loop loop;
  private final Thread thread;

  private Agent(StateDirectory stateDirectory, HttpServer http, Loop loop) {
    this.stateDirectory = stateDirectory;
    this.http = http;
    this.loop = loop;
    this.thread = new Thread(loop, "walwatch-loop");
  }

  /**
   * Takes over what the last run left, opens the ports and starts the loop.
   *
   * @throws UsageException when it cannot start as it was asked to
   */
  static Agent start(AgentConfig config, WatchPlan plan, InstantSource clock)
      throws UsageException, IOException {
    StateDirectory directory = StateDirectory.open(config.stateDirectory());
    CheckpointFile file = new CheckpointFile(directory.path());
    Host host = Host.read();
    Restored restored = Restored.load(file, host);
    AgentState state = new AgentState(clock);
    FileSource.Start start = config.fromStart() ? FileSource.Start.BEGINNING : FileSource.Start.END;
    Wakeup wakeup = new Wakeup(FileSystems.getDefault().newWatchService());
    Assembly assembly =
        new Assembly(
            config.limits(),
            Plugins.find(config.pluginDirectory()),
            state,
            clock,
            start,
            restored,
            wakeup.queues());
    Watched watched = new Watched(state, assembly, clock, config.limits().pushTimeout());
    watched.add(plan);
    state.restore(restored.node().at("state"), restored.withCounters());
    if (!restored.sameBoot()) {
      state.booted();
    }
    CheckpointKeeper keeper =
        new FileCheckpointKeeper(file, host, restored.result(), watched::save, clock);
    Publisher publisher = new Publisher(keeper, watched::snapshot, clock);
    HttpServer http =
        new HttpServer(
            addresses(config),
            new PrometheusExposition(MetricCatalogue.all()),
            publisher::published);
    Replanner replanner =
        new Replanner(() -> Watchlist.look(config), watched, clock, Watchlist.lines(plan));
    Loop loop =
        new Loop(
            watched, state, publisher, replanner, wakeup, clock, config.limits().pushTimeout());
    Agent agent = new Agent(directory, http, loop);
    agent.open(addresses(config));
    return agent;
  }

  private void open(List<InetSocketAddress> addresses) throws UsageException {
    try {
      http.start();
    } catch (RuntimeException e) {
      close();
      throw new UsageException(PortProblem.describe(addresses, e));
    }
    thread.start();
  }

  List<InetSocketAddress> addresses() {
    return http.addresses();
  }

  private static List<InetSocketAddress> addresses(AgentConfig config) {
    return config.listen().stream()
        .map(listen -> new InetSocketAddress(listen.host().orElse("0.0.0.0"), listen.port()))
        .toList();
  }

  /** Asks the loop to end; {@link #join()} returns when it has. Any thread. */
  void stop() {
    loop.stop();
  }

  /** Waits until the loop has ended. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** Ends cleanly: the loop first, so that the last checkpoint holds all that was shown. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
    loop.close();
    stateDirectory.close();
  }
}
