/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.RequestLimitingHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.walwatch.agent.state.Snapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

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

  /** All lines of a request together. Undertow's own limit is a megabyte, for each client. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private static final int MAX_CONNECTIONS = 256;

  /** Longer than any scrape interval: a connection must not end while Prometheus uses it again. */
  private static final int IDLE_TIMEOUT_MILLIS = 600_000;

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  /** A client that does not read its answer. */
  private static final int WRITE_TIMEOUT_MILLIS = 10_000;

  /** Answers that are made or sent at the same time; more wait, and still more are refused. */
  private static final int MAX_REQUESTS = 16;

  private static final int MAX_WAITING_REQUESTS = 64;

  private final List<InetSocketAddress> wanted;
  private final Supplier<WebAccess> access;
  private final LoginRefusals refusals;
  private final Undertow undertow;
  private boolean started;

  /**
   * Prepares a server; {@link #start()} opens its ports.
   *
   * @param addresses where to listen; port 0 picks a free one
   * @param reloads whom to ask for a reload
   * @param access who may ask, at any moment; TLS is on or off for good
   * @param refusals counts who may not
   */
  public HttpServer(
      List<InetSocketAddress> addresses,
      Content content,
      ReloadControl reloads,
      Supplier<WebAccess> access,
      LoginRefusals refusals) {
    this.access = access;
    this.refusals = refusals;
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(WORKER_THREADS)
            .setBufferSize(BUFFER_BYTES)
            .setDirectBuffers(false)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_REQUEST_BYTES)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
            .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_TIMEOUT_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_TIMEOUT_MILLIS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_TIMEOUT_MILLIS)
            .setSocketOption(Options.WRITE_TIMEOUT, WRITE_TIMEOUT_MILLIS)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, MAX_CONNECTIONS)
            .setSocketOption(Options.CONNECTION_LOW_WATER, MAX_CONNECTIONS);
    wanted = List.copyOf(addresses);
    for (InetSocketAddress address : addresses) {
      if (access.get().tls().isPresent()) {
        builder.addHttpsListener(address.getPort(), address.getHostString(), switched());
      } else {
        builder.addHttpListener(address.getPort(), address.getHostString());
      }
    }
    undertow = builder.setHandler(routes(content, reloads)).build();
  }

  private SSLContext switched() {
    return new SwitchedTls(() -> access.get().tls().orElseThrow());
  }

  /** Whether clients have to speak TLS. */
  public boolean isSecure() {
    return access.get().tls().isPresent();
  }

  private HttpHandler routes(Content content, ReloadControl reloads) {
    Supplier<? extends @Nullable Snapshot> snapshots = content.snapshots();
    PathHandler pages =
        Handlers.path(new NotFoundHandler())
            .addExactPath("/", new LandingPage(content))
            .addExactPath("/api/v1/status", new StatusJson(snapshots, content.clock()))
            .addExactPath("/metrics", new MetricsHandler(content.exposition(), content.scraped()))
            .addPrefixPath(
                "/failures",
                new PrivateHandler(new FailurePages(content.failures(), content.clock())));
    PathHandler paths =
        Handlers.path(new ReadOnlyHandler(limited(pages)))
            .addExactPath("/-/reload", new ReloadHandler(reloads));
    // Whether the agent lives is answered without a login, and whatever other clients do.
    HttpHandler all =
        Handlers.path(new LoginHandler(access, refusals, paths))
            .addExactPath("/-/healthy", new ReadOnlyHandler(new HealthHandler(() -> true)))
            .addExactPath(
                "/-/ready", new ReadOnlyHandler(new HealthHandler(() -> snapshots.get() != null)));
    return new HeadersHandler(access, all);
  }

  /** Made by a worker, sent without one: who reads slowly holds no thread. */
  private static HttpHandler limited(HttpHandler pages) {
    HttpHandler onWorker = exchange -> exchange.dispatch(pages);
    HttpHandler gzip =
        new EncodingHandler(
            onWorker,
            new ContentEncodingRepository()
                .addEncodingHandler("gzip", new GzipEncodingProvider(), 50));
    return new RequestLimitingHandler(MAX_REQUESTS, MAX_WAITING_REQUESTS, gzip);
  }

  /**
   * Opens the ports.
   *
   * @throws PortException when one cannot be opened, or is named twice
   */
  public void start() throws PortException {
    tryPorts();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      throw new PortException(wanted.get(0), e);
    }
    started = true;
  }

  /** Undertow that has opened one port and cannot open the next neither goes on nor ends. */
  private void tryPorts() throws PortException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (InetSocketAddress address : wanted) {
        ServerSocket socket = new ServerSocket();
        open.add(socket);
        bind(socket, address);
      }
    } catch (IOException e) {
      throw new PortException(wanted.get(0), e);
    } finally {
      open.forEach(HttpServer::close);
    }
  }

  private static void bind(ServerSocket socket, InetSocketAddress address) throws PortException {
    try {
      socket.bind(address);
    } catch (IOException | RuntimeException e) {
      throw new PortException(address, e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Nothing was written to it.
    }
  }

  /** Where it really listens, in the order of the configuration. */
  public List<InetSocketAddress> addresses() {
    return undertow.getListenerInfo().stream()
        .map(listener -> (InetSocketAddress) listener.getAddress())
        .toList();
  }

  @Override
  public void close() {
    if (started) {
      undertow.stop();
    }
  }
}
