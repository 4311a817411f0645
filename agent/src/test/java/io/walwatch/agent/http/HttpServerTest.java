/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes, asked over a real connection. */
final class HttpServerTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicReference<@Nullable Snapshot> snapshot = new AtomicReference<>(snapshot());
  private final AtomicReference<@Nullable Snapshot> known = new AtomicReference<>();
  @TempDir private static Path directory;
  private final FailureStore failures = new FailureStore(directory.resolve("failures"));
  private final HttpServer server =
      new HttpServer(
          List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
          new Content(
              new PrometheusExposition(MetricCatalogue.all()),
              failures,
              snapshot::get,
              () -> snapshot.get() == null ? known.get() : snapshot.get(),
              InstantSource.system()),
          ReloadControl.OFF,
          () -> WebAccess.OPEN,
          new LoginRefusals());

  @BeforeEach
  void start() throws PortException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldAnswerPrometheus() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(type(answer)).startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).contains("walwatch_source_lag_bytes{source=\"a.log\"} 5.0\n");
  }

  @Test
  void shouldSpeakOpenMetricsToWhoAsksForIt() throws Exception {
    HttpResponse<String> answer =
        get(
            "/metrics",
            "Accept",
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2");

    assertThat(type(answer)).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void shouldCompressForWhoAsksForIt() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            request("/metrics", "Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("walwatch_build_info{");
    }
  }

  @Test
  void shouldAnswerHeadWithoutABody() throws Exception {
    for (String path : List.of("/", "/metrics", "/-/healthy", "/-/ready")) {
      HttpResponse<String> answer =
          client.send(
              request(path).method("HEAD", BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).isEmpty();
    }
  }

  @Test
  void shouldShowEvidenceToLocalClients() throws Exception {
    failures.open();
    Failure failure = Failure.ofJob(Instant.EPOCH, "<base>", "exit code 3", "run");
    failures.keep(failure, "last words\n");

    assertThat(get("/failures").body())
        .contains("job &lt;base&gt;: exit code 3")
        .contains("href=\"/failures/" + failure.id() + "\"");
    assertThat(get("/failures?kind=archiver").body())
        .doesNotContain("exit code 3")
        .contains("0 of 1 that are kept");
    assertThat(get("/failures?kind=job&of=other").body()).contains("0 of 1 that are kept");
    assertThat(get("/failures?kind=job&of=%3Cbase%3E").body())
        .contains("exit code 3")
        .contains("<td data-of=\"where\">&lt;base&gt;</td>");
    assertThat(get("/failures/" + failure.id(), "Accept", "text/html,*/*").body())
        .contains("<h1 class=\"bad\">job &lt;base&gt;: exit code 3</h1>")
        .contains("<p>1970-01-01 00:00:00 UTC (")
        .contains("<pre>last words\n</pre>");
    assertThat(get("/failures/" + failure.id()).body()).isEqualTo("last words\n");
    assertThat(get("/failures/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldNeverTakeTheRequestOfAProxyForALocalOne() throws Exception {
    for (String header : List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto")) {
      HttpResponse<String> answer = get("/failures", header, "x");
      assertThat(answer.statusCode()).as(header).isEqualTo(403);
      assertThat(answer.body()).contains("walwatch failures").contains("http://127.0.0.1:");
    }
  }

  /** A name of anybody may lead a browser on this host to 127.0.0.1. */
  @Test
  void shouldNeverTakeARequestForAnotherHostForALocalOne() throws Exception {
    URI address = request("/").build().uri();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET /failures HTTP/1.0\r\nHost: evil.example.com\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains(" 403 ", "(Host)");
    }
  }

  @Test
  void shouldNotKnowOtherPaths() throws Exception {
    HttpResponse<String> answer = get("/metric");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/metrics");
  }

  @Test
  void shouldChangeNothingForAnybody() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "TRACE")) {
      HttpResponse<String> answer =
          client.send(
              request("/metrics").method(method, BodyPublishers.noBody()).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).as(method).hasValue("GET, HEAD");
    }
  }

  @Test
  void shouldBeHealthyButNotReadyBeforeTheFirstLook() throws Exception {
    snapshot.set(null);

    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(get("/metrics").statusCode()).isEqualTo(503);
    assertThat(get("/").body()).contains("The first look is not finished yet.");

    known.set(snapshot());

    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(get("/metrics").statusCode()).as("what was known before").isEqualTo(200);

    snapshot.set(snapshot());

    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldShowAPersonWhatIsWatchedAndWhatIsWrong() throws Exception {
    HttpResponse<String> answer = get("/");

    assertThat(type(answer)).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.body())
        .contains("<title>walwatch: 2 wrong</title>")
        .containsSubsequence(
            "2 things are wrong",
            "<li>Server main: not read yet</li>",
            "<li>Log /var/log/a.log: denied</li>",
            "<td data-of=\"waiting\" class=\"bad\">not read yet</td>",
            "<td data-of=\"source\">a.log</td><td data-of=\"server\">main</td>",
            "<td colspan=\"4\" class=\"bad\">/var/log/a.log: denied</td>");
  }

  @Test
  void shouldTellProgramsTheSame() throws Exception {
    HttpResponse<String> answer = get("/api/v1/status");

    assertThat(type(answer)).isEqualTo("application/json");
    assertThat(answer.body())
        .contains("\"ready\":true,\"servers\":[{\"name\":\"main\",\"queue_watched\":true,")
        .contains("\"problem\":\"not read yet\"}]")
        .contains("\"troubles\":[{\"text\":\"Server main: not read yet\"},{\"text\":\"Log ")
        .contains("[{\"name\":\"a.log\",\"server\":\"main\",\"open_files\":1,\"lag_bytes\":5,")
        .contains("\"problems\":[{\"path\":\"/var/log/a.log\",\"problem\":\"denied\"}]}]")
        .contains("\"backups\":[],\"jobs\":[],\"troubles\":[");

    snapshot.set(null);
    assertThat(get("/api/v1/status").body()).contains("\"ready\":false,\"servers\":[]");
  }

  @Test
  void shouldTakeNoNameForHtml() throws Exception {
    AgentState state = new AgentState(InstantSource.system());
    state.server("<script>alert('x')</script>");
    state.source("a&b\"").unreadable("/<i>", "<b>");
    snapshot.set(publish(state));

    assertThat(get("/").body())
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .contains("a&amp;b&quot;")
        .contains("/&lt;i&gt;: &lt;b&gt;")
        .contains("nobody &lt;sends&gt;")
        .doesNotContain("<script")
        .doesNotContain("<i>");
  }

  private static Snapshot snapshot() {
    AgentState state = new AgentState(InstantSource.system());
    state.server("main");
    state.source("a.log").unreadable("/var/log/a.log", "denied");
    return publish(state);
  }

  private static Snapshot publish(AgentState state) {
    return state.publish(
        name -> new ServerFacts(true, Optional.empty(), Optional.empty(), false, 0),
        name -> new SourceFacts("main", 1, 5, "nobody <sends>"),
        AgentFacts.NONE);
  }

  private static String type(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    int port = server.addresses().get(0).getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return headers.length == 0 ? request : request.headers(headers);
  }
}
