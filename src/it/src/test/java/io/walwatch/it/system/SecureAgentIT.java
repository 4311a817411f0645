/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The packed agent with {@code --web-config}: its jars and modules suffice for TLS and logins. */
class SecureAgentIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Of "right", by Perl with libxcrypt: crypt("right", q($2y$10$abcdefghijklmnopqrstuu)). */
  private static final String HASH = "$2y$10$abcdefghijklmnopqrstuu1VS0P7v3ZJmd2gzBFIzgfN7OOl6Rl52";

  private static final String WEB_CONFIG =
      "tls_server_config: { cert_file: agent.crt, key_file: agent.key }\n"
          + "basic_auth_users: { alice: \""
          + HASH
          + "\" }\n";

  @Test
  void shouldSpeakTlsAndShowPagesAndFailuresToWhoLogsIn() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append("");
      HttpClient client = trusting(makeKey(fixture.root()));
      Path web = Files.writeString(fixture.root().resolve("web.yml"), WEB_CONFIG);
      try (AgentProcess agent = fixture.serve("--web-config", web.toString())) {
        URI address = agent.address();
        assertThat(address.getScheme()).isEqualTo("https");
        assertThat(get(client, address.resolve("/metrics"), "").statusCode()).isEqualTo(401);
        assertThat(get(client, address.resolve("/failures"), "").statusCode()).isEqualTo(401);
        assertThat(get(client, address.resolve("/"), "alice:wrong").statusCode()).isEqualTo(401);
        assertThat(get(client, address.resolve("/-/healthy"), "").statusCode()).isEqualTo(200);
        assertThat(get(client, address.resolve("/"), "alice:right").statusCode()).isEqualTo(200);
        HttpResponse<String> failures = get(client, address.resolve("/failures"), "alice:right");
        assertThat(failures.statusCode()).isEqualTo(200);
      }
    }
  }

  /** As if a proxy had handed it on: to such requests nothing is open for being local. */
  private static HttpResponse<String> get(HttpClient client, URI page, String credentials)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page).header("X-Forwarded-For", "192.0.2.1");
    if (!credentials.isEmpty()) {
      byte[] bytes = credentials.getBytes(UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Makes a key and its certificate, also as agent.key and agent.crt, with the JDK's keytool. */
  private static KeyStore makeKey(Path directory) throws Exception {
    Path store = directory.resolve("agent.p12");
    String options = "-alias agent -keyalg EC -dname CN=agent -ext san=ip:127.0.0.1";
    String script =
        "exec \"$0\" -genkeypair " + options + " -storepass changeit -keystore \"$1\" 2>&1";
    String keytool = System.getProperty("java.home") + "/bin/keytool";
    Process process = new ProcessBuilder("sh", "-c", script, keytool, store.toString()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    byte[] certificate = keys.getCertificate("agent").getEncoded();
    byte[] key = keys.getKey("agent", PASSWORD).getEncoded();
    writePem(directory.resolve("agent.crt"), "CERTIFICATE", certificate);
    writePem(directory.resolve("agent.key"), "PRIVATE KEY", key);
    return keys;
  }

  private static void writePem(Path file, String kind, byte[] der) throws Exception {
    String text = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static HttpClient trusting(KeyStore keys) throws Exception {
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, PASSWORD);
    believed.setCertificateEntry("agent", keys.getCertificate("agent"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
