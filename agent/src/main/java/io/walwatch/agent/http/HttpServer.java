/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.Snapshot;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * The embedded HTTP server. Its threads read published snapshots; only the evidence of a failure is
 * read from the disk, by one of them at a time, so that a blocked disk never stops other answers.
 */
public final class HttpServer implements AutoCloseable {
  private static final int IO_THREADS = 1;
  private static final int WORKER_THREADS = 4;
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Requests have no body that matters; a larger one is refused. */
  private static final long MAX_REQUEST_BYTES = 64 * 1024;

  private static final int IDLE_TIMEOUT_MILLIS = 60_000;

  private final Undertow undertow;

  /**
   * Prepares a server; {@link #start()} opens its ports.
   *
   * @param addresses where to listen; port 0 picks a free one
   * @param failures the evidence, for local clients
   * @param snapshots the newest snapshot, or null before there is one
   */
  public HttpServer(
      List<InetSocketAddress> addresses,
      PrometheusExposition exposition,
      FailureStore failures,
      Supplier<? extends @org.jspecify.annotations.Nullable Snapshot> snapshots) {
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(WORKER_THREADS)
            .setBufferSize(BUFFER_BYTES)
            .setDirectBuffers(false)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_REQUEST_BYTES)
            .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_TIMEOUT_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MILLIS);
    for (InetSocketAddress address : addresses) {
      builder.addHttpListener(address.getPort(), address.getHostString());
    }
    undertow = builder.setHandler(routes(exposition, failures, snapshots)).build();
  }

  private static HttpHandler routes(
      PrometheusExposition exposition,
      FailureStore failures,
      Supplier<? extends @org.jspecify.annotations.Nullable Snapshot> snapshots) {
    PathHandler paths =
        Handlers.path(new NotFoundHandler())
            .addExactPath("/", new LandingPage(snapshots))
            .addExactPath("/metrics", new MetricsHandler(exposition, snapshots))
            .addPrefixPath("/failures", new PrivateHandler(new FailurePages(failures)))
            .addExactPath("/-/healthy", new HealthHandler(() -> true))
            .addExactPath("/-/ready", new HealthHandler(() -> snapshots.get() != null));
    HttpHandler safe = new ReadOnlyHandler(new BlockingHandler(paths));
    return new EncodingHandler(
        safe,
        new ContentEncodingRepository().addEncodingHandler("gzip", new GzipEncodingProvider(), 50));
  }

  /**
   * Opens the ports.
   *
   * @throws RuntimeException when one cannot be opened; its cause is the {@link
   *     java.io.IOException} that says why
   */
  public void start() {
    undertow.start();
  }

  /** Where it really listens, in the order of the configuration. */
  public List<InetSocketAddress> addresses() {
    return undertow.getListenerInfo().stream()
        .map(listener -> (InetSocketAddress) listener.getAddress())
        .toList();
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
