/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.metrics.PrometheusExposition;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Clients that log in while others are served. */
@Timeout(60)
final class LoginHandlerTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CompletableFuture<ReloadControl.Outcome> outcome = new CompletableFuture<>();
  private final WebAccess access =
      new WebAccess(
          Optional.empty(), Map.of(), Map.of("alice", BCrypt.hashpw("right", BCrypt.gensalt(4))));
  private final HttpServer server =
      new HttpServer(
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          new Content(
              new PrometheusExposition(List.of()),
              new FailureStore(Path.of("/nonexistent")),
              () -> null,
              () -> null,
              InstantSource.system()),
          new SlowReload(),
          () -> access,
          new LoginRefusals());

  /** As of a loop that is busy. */
  private final class SlowReload implements ReloadControl {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public CompletableFuture<Outcome> request() {
      asked.countDown();
      return outcome;
    }
  }

  @Test
  void shouldCheckPasswordsWhileWhoHasJustLoggedInWaitsForAReload() throws Exception {
    server.start();
    try {
      HttpClient client = HttpClient.newHttpClient();
      CompletableFuture<HttpResponse<String>> reload =
          client.sendAsync(
              request("/-/reload", "alice:right").POST(BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      HttpResponse<String> other =
          client.send(request("/", "bob:wrong").build(), BodyHandlers.ofString());

      assertThat(other.statusCode()).isEqualTo(401);
      assertThat(reload).isNotDone();
      outcome.complete(new ReloadControl.Outcome(true, List.of()));
      assertThat(reload.get(30, TimeUnit.SECONDS).body()).contains("The new configuration holds.");
    } finally {
      server.close();
    }
  }

  private HttpRequest.Builder request(String path, String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    int port = server.addresses().get(0).getPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }
}
