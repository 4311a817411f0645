/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Agents with TLS and users, asked by the JDK's client with keys that keytool has made. */
@Timeout(120)
final class WebConfigTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String USERS =
      "basic_auth_users: { alice: \"" + BCrypt.hashpw("right", BCrypt.gensalt(4)) + "\" }\n";

  @TempDir private Path directory;
  private ReloadableAgents agents = new ReloadableAgents(Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    agents = new ReloadableAgents(directory);
    Files.createDirectory(directory.resolve("plugins"));
    Files.createDirectories(directory.resolve("q/archive_status"));
    Files.writeString(
        directory.resolve("walwatch.yml"),
        """
        state_directory: state
        plugins: plugins
        listen: 127.0.0.1:0
        http_reload: true
        web_config: web.yml
        servers:
          - { name: main, archive_status: q/archive_status, logs: [] }
        """);
  }

  @Test
  void shouldAskForACertificateAndAPasswordAndTakeUpNewOnes() throws Exception {
    for (String name : List.of("one", "two", "client", "stranger")) {
      makeKey(name);
    }
    String tls = "tls_server_config: { cert_file: one.crt, key_file: one.key,";
    String mutual = " client_auth_type: RequireAndVerifyClientCert, client_ca_file: client.crt }\n";
    write(tls + mutual + USERS);
    try (Agent agent = agents.start()) {
      assertThat(agent.isSecure()).isTrue();
      assertThat(HealthProbe.isHealthy(agent.addresses().get(0).getPort())).isTrue();
      HttpClient client = client("one", Optional.of("client"));
      assertThat(get(agent, client, "/metrics", "alice:right").statusCode()).isEqualTo(200);
      assertThat(get(agent, client, "/failures", "alice:right").statusCode()).isEqualTo(200);
      assertThat(get(agent, client, "/metrics", "alice:wrong").statusCode()).isEqualTo(401);
      assertThatThrownBy(() -> get(agent, client("one", Optional.empty()), "/metrics", ""))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(agent, client("one", Optional.of("stranger")), "/metrics", ""))
          .isInstanceOf(IOException.class);

      // Half of a renewal: the old pair stays.
      write(tls.replace("one.crt", "two.crt") + mutual + USERS);
      HttpResponse<String> answer = post(agent, client);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .contains("one.key is not the key of the certificate in " + directory + "/two.crt");
      assertThat(get(agent, client("one", Optional.of("client")), "/", "alice:right").statusCode())
          .isEqualTo(200);

      write(tls.replace("one", "two") + mutual + USERS);
      assertThat(post(agent, client).statusCode()).isEqualTo(200);
      assertThat(get(agent, client("two", Optional.of("client")), "/", "alice:right").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> get(agent, client("one", Optional.of("client")), "/", ""))
          .isInstanceOf(IOException.class);

      write(USERS);
      assertThat(post(agent, client).body())
          .contains("TLS can be switched on and off by a restart");
    }
  }

  @Test
  void shouldAnswerTheSameToAWrongNameAndAWrongPassword() throws Exception {
    write(USERS);
    try (Agent agent = agents.start()) {
      HttpClient client = HttpClient.newHttpClient();
      List<String> bodies = new ArrayList<>();
      for (String credentials : List.of("alice:wrong", "bob:right", "alice", ":", "")) {
        HttpResponse<String> answer = get(agent, client, "/metrics", credentials);
        assertThat(answer.statusCode()).as(credentials).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        bodies.add(answer.body());
      }
      assertThat(bodies).containsOnly(bodies.get(0));
      assertThat(get(agent, client, "/api/v1/status", "alice:right").statusCode()).isEqualTo(200);
      assertThat(get(agent, client, "/-/healthy", "").statusCode()).isEqualTo(200);
      assertThat(get(agent, client, "/-/ready", "").statusCode()).isIn(200, 503);
    }
  }

  @Test
  void shouldCountWhomItDoesNotLetIn() throws Exception {
    write(USERS);
    try (Agent agent = agents.start()) {
      HttpClient client = HttpClient.newHttpClient();
      for (String credentials : List.of("", "", "alice", "alice:wrong", "bob:right")) {
        get(agent, client, "/metrics", credentials);
      }
      String count = "walwatch_http_logins_refused_total{reason=";
      String metrics = "";
      while (!metrics.contains(count + "\"wrong\"} 2.0")) {
        metrics = get(agent, client, "/metrics", "alice:right").body();
      }
      assertThat(metrics).contains(count + "\"missing\"} 3.0").contains(count + "\"busy\"} 0.0");
    }
  }

  @Test
  void shouldSendTheConfiguredHeadersWithEveryAnswer() throws Exception {
    write(USERS + "http_server_config: { headers: { X-Frame-Options: deny } }\n");
    try (Agent agent = agents.start()) {
      HttpClient client = HttpClient.newHttpClient();
      for (String path : List.of("/-/healthy", "/-/ready", "/metrics", "/nowhere", "/-/reload")) {
        assertThat(get(agent, client, path, "").headers().allValues("X-Frame-Options"))
            .as(path)
            .containsExactly("deny");
      }
      assertThat(get(agent, client, "/", "alice:right").headers().firstValue("X-Frame-Options"))
          .hasValue("deny");
    }
  }

  @Test
  void shouldGoOnAnsweringWhoHasLoggedInWhateverOthersTry() throws Exception {
    write("basic_auth_users: { alice: \"" + BCrypt.hashpw("right", BCrypt.gensalt(10)) + "\" }\n");
    try (Agent agent = agents.start()) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(get(agent, client, "/metrics", "alice:right").statusCode()).isEqualTo(200);
      List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        HttpRequest request = request(agent, "/metrics", "alice:wrong" + i).build();
        flood.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      assertThat(get(agent, client, "/metrics", "alice:right").statusCode()).isEqualTo(200);
      assertThat(get(agent, client, "/-/healthy", "").statusCode()).isEqualTo(200);
      for (CompletableFuture<HttpResponse<String>> answer : flood) {
        assertThat(answer.get().statusCode()).isIn(401, 503);
      }
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("web.yml"), text);
  }

  private static HttpResponse<String> get(
      Agent agent, HttpClient client, String path, String credentials) throws Exception {
    return client.send(request(agent, path, credentials).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(Agent agent, HttpClient client) throws Exception {
    HttpRequest request =
        request(agent, "/-/reload", "alice:right").POST(BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Agent agent, String path, String credentials) {
    String scheme = agent.isSecure() ? "https" : "http";
    int port = agent.addresses().get(0).getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path));
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return credentials.isEmpty()
        ? request
        : request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** A key and its self-signed certificate, in a key store and as PEM. */
  private void makeKey(String name) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = stored(store);
    pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded());
    pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
  }

  private static KeyStore stored(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private void pem(String file, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  /** One that believes a server's certificate, and may have one of its own. */
  private HttpClient client(String server, Optional<String> own) throws Exception {
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, PASSWORD);
    KeyStore serverKeys = stored(directory.resolve(server + ".p12"));
    believed.setCertificateEntry("server", serverKeys.getCertificate(server));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    KeyManager[] keys = new KeyManager[0];
    if (own.isPresent()) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      Path store = directory.resolve(own.get() + ".p12");
      factory.init(stored(store), PASSWORD);
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
