/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.http.Content;
import io.walwatch.agent.http.HttpServer;
import io.walwatch.agent.http.LoginRefusals;
import io.walwatch.agent.http.PortException;
import io.walwatch.agent.http.WebAccess;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.CheckpointFacts;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import io.walwatch.agent.tail.FileSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The running agent: a loop that writes and an HTTP server that reads. */
final class Agent implements AutoCloseable {
  private static final Logger logger = LogManager.getLogger(Agent.class);
  private static final long STOP_MILLIS = 1_500;

  private final StateDirectory stateDirectory;
  private final HttpServer http;
  private final Backups backups;
  private final Reloads reloads;
  private final Loop loop;
  private final Thread thread;

  private Agent(
      StateDirectory stateDirectory, HttpServer http, Backups backups, Reloads reloads, Loop loop) {
    this.stateDirectory = stateDirectory;
    this.http = http;
    this.backups = backups;
    this.reloads = reloads;
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
    return start(config, plan, Plugins.find(config.pluginDirectory()), () -> config, clock);
  }

  /**
   * The same, of an agent that can be told to read its configuration anew.
   *
   * @param plugins the parsers, for the agent's life
   * @param loader reads it
   */
  static Agent start(
      AgentConfig config,
      WatchPlan plan,
      Plugins plugins,
      ConfigReading.Loader loader,
      InstantSource clock)
      throws UsageException, IOException {
    AtomicReference<WebAccess> access = new AtomicReference<>(WebAccesses.load(config));
    StateDirectory directory = StateDirectory.open(config.stateDirectory());
    CheckpointFile file = new CheckpointFile(directory.path());
    Host host = Host.read();
    UnsavedMarker unsaved = UnsavedMarker.of(directory.path(), System.getenv());
    Restored restored = restored(file, host, unsaved);
    AgentState state = new AgentState(clock);
    FileSource.Start start = config.fromStart() ? FileSource.Start.BEGINNING : FileSource.Start.END;
    Wakeup wakeup = new Wakeup(FileSystems.getDefault()::newWatchService);
    Watched watched = Watched.of(config.limits(), plugins, state, clock, start, restored, wakeup);
    FailureStore store = new FailureStore(FailuresCommand.directory(directory.path()));
    FailureWatch failures = failures(store, state, watched, clock);
    watched.wake(wakeup);
    watched.add(plan);
    Backups backups = new Backups(config, plugins, state, failures, clock);
    Jobs jobs = Jobs.open(config, host, state.jobs(), failures, clock, wakeup::wake);
    restore(state, restored);
    Replanner replanner = replanner(config, plan, watched, clock);
    boolean secure = access.get().tls().isPresent();
    Reloads reloads =
        new Reloads(reading(loader, config, secure, plugins, backups, clock), config, wakeup::wake);
    Reconfiguration reconfiguration =
        new Reconfiguration(reloads, watched, replanner, backups, jobs, access, config, clock);
    failures.restore(restored.node());
    CheckpointKeeper keeper =
        new FileCheckpointKeeper(
            file, unsaved, host, restored, node -> save(node, watched, failures), clock);
    LoginRefusals refusals = new LoginRefusals();
    Publisher publisher =
        new Publisher(
            keeper,
            checkpoint ->
                watched.snapshot(
                    facts(checkpoint, store, failures, reconfiguration, refusals, backups)),
            clock);
    Content content = content(store, publisher, clock);
    HttpServer http = http(config, content, reloads, access::get, refusals);
    Loop loop =
        new Loop(
            watched,
            state,
            publisher,
            reconfiguration::tick,
            replanner,
            forgetting(directory, state, failures),
            backups,
            jobs,
            failures,
            wakeup,
            clock);
    Agent agent = new Agent(directory, http, backups, reloads, loop);
    agent.open();
    return agent;
  }

  private static FailureWatch failures(
      FailureStore store, AgentState state, Watched watched, InstantSource clock) {
    FailureWatch failures = new FailureWatch(store, clock);
    failures.open();
    state.onAbandoned(failures::abandoned);
    watched.tell(failures::around);
    return failures;
  }

  private static void restore(AgentState state, Restored restored) {
    state.restore(restored.node().at("state"), restored.withCounters());
    if (!restored.sameBoot()) {
      state.booted();
    }
  }

  private static void save(Node node, Watched watched, FailureWatch failures) {
    watched.save(node);
    failures.save(node);
  }

  private static ConfigReading reading(
      ConfigReading.Loader loader,
      AgentConfig config,
      boolean secure,
      Plugins plugins,
      Backups backups,
      InstantSource clock) {
    return new ConfigReading(
        loader, config, secure, plugins, backups.launcher(), backups.walOwners(), clock);
  }

  private static AgentFacts facts(
      CheckpointFacts checkpoint,
      FailureStore store,
      FailureWatch failures,
      Reconfiguration reconfiguration,
      LoginRefusals refusals,
      Backups backups) {
    return new AgentFacts(
        checkpoint,
        store.kept().size(),
        failures.limited(),
        refusals.counts(),
        backups.waiting(),
        Optional.of(reconfiguration.last()));
  }

  private static Content content(FailureStore store, Publisher publisher, InstantSource clock) {
    PrometheusExposition exposition = new PrometheusExposition(MetricCatalogue.all()).withProcess();
    return new Content(exposition, store, publisher::published, publisher::scraped, clock);
  }

  private static Replanner replanner(
      AgentConfig config, WatchPlan plan, Watched watched, InstantSource clock) {
    HostLook look = HostLook.of(() -> Watchlist.look(config));
    return new Replanner(look, watched, clock, Watchlist.lines(plan));
  }

  private static ForgetRequests forgetting(
      StateDirectory directory, AgentState state, FailureWatch failures) {
    return new ForgetRequests(
        directory.path(),
        Map.of(ForgetRequests.JOB, state.jobs()::forget, ForgetRequests.FAILURE, failures::forget));
  }

  private static Restored restored(CheckpointFile file, Host host, UnsavedMarker unsaved) {
    Restored restored = Restored.load(file, host, unsaved);
    if (restored.result() == RestoreResult.RESET) {
      logger.warn("Positions go on from the last run, counters start again at 0");
    }
    return restored;
  }

  private static HttpServer http(
      AgentConfig config,
      Content content,
      Reloads reloads,
      Supplier<WebAccess> access,
      LoginRefusals refusals) {
    return new HttpServer(addresses(config), content, reloads, access, refusals);
  }

  private void open() throws UsageException {
    try {
      http.start();
    } catch (PortException e) {
      close();
      throw new UsageException(PortProblem.describe(e));
    }
    backups.start();
    thread.start();
  }

  /** Whether clients have to speak TLS. Any thread. */
  boolean isSecure() {
    return http.isSecure();
  }

  List<InetSocketAddress> addresses() {
    return http.addresses();
  }

  private static List<InetSocketAddress> addresses(AgentConfig config) {
    return config.listen().stream()
        .map(listen -> new InetSocketAddress(listen.host().orElse("0.0.0.0"), listen.port()))
        .toList();
  }

  /** Asks for the configuration to be read anew; what comes of it is logged. Any thread. */
  void reload() {
    var unused = reloads.request();
  }

  /** Asks the loop to end; {@link #await()} returns then. Any thread. */
  void stop() {
    loop.stop();
  }

  /** Waits until the loop is asked to end, or ends by a fault. */
  void await() throws InterruptedException {
    loop.awaitStop();
  }

  /** Whether the loop ended by a fault, so that nothing is watched any longer. Any thread. */
  boolean hasFailed() {
    return loop.hasFailed();
  }

  /**
   * Ends cleanly: the loop first, so that the last checkpoint holds all that was shown. A loop that
   * hangs in a dead file system is left behind after a moment, with all that it holds.
   */
  @Override
  public void close() {
    loop.stop();
    backups.close();
    reloads.close();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
    if (thread.isAlive()) {
      logger.warn("The loop hangs, probably in a file system that does not answer; walwatch ends");
    } else {
      loop.close();
    }
    stateDirectory.close();
  }
}
