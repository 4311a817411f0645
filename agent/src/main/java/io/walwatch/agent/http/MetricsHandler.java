/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.Snapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: Prometheus text, or OpenMetrics where the client asks for it. */
final class MetricsHandler implements HttpHandler {
  private final PrometheusExposition exposition;
  private final Supplier<? extends @Nullable Snapshot> snapshots;

  MetricsHandler(
      PrometheusExposition exposition, Supplier<? extends @Nullable Snapshot> snapshots) {
    this.exposition = exposition;
    this.snapshots = snapshots;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Snapshot snapshot = snapshots.get();
    if (snapshot == null) {
      exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
      Text.send(exchange, "The first look is not finished yet.\n");
      return;
    }
    String type =
        wantsOpenMetrics(exchange) ? PrometheusExposition.OPEN_METRICS : PrometheusExposition.TEXT;
    Text.send(exchange, type, exposition.scrape(snapshot, type));
  }

  private static boolean wantsOpenMetrics(HttpServerExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    return accept != null && accept.contains("application/openmetrics-text");
  }
}
