/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walwatch.agent.config.WebConfig.ClientAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exporter-toolkit's format: what of it is read, and that the rest is refused. */
final class WebConfigReaderTest {
  private static final String HASH = "$2y$10$" + "a".repeat(53);

  @TempDir private Path directory;

  private WebConfig read(String text) throws ConfigException, IOException {
    return WebConfigReader.read(Files.writeString(directory.resolve("web.yml"), text));
  }

  private void assertRefused(String text, String problem) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            e -> assertThat(e.problems()).contains(directory.resolve("web.yml") + ", " + problem));
  }

  @Test
  void shouldReadEveryKeyThatItKnows() throws Exception {
    WebConfig config =
        read(
            """
            tls_server_config:
              cert_file: server.crt
              key_file: /etc/key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: ca.crt
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers: { X-Frame-Options: deny }
            basic_auth_users: { alice: HASH }
            """
                .replace("HASH", HASH));
    assertThat(config.tls().orElseThrow())
        .isEqualTo(
            new WebConfig.TlsConfig(
                directory.resolve("server.crt"),
                Path.of("/etc/key"),
                ClientAuth.REQUIRED,
                Optional.of(directory.resolve("ca.crt")),
                List.of("TLSv1.2"),
                List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                false));
    assertThat(config.headers()).isEqualTo(Map.of("X-Frame-Options", "deny"));
    assertThat(config.users()).isEqualTo(Map.of("alice", HASH));
    assertThat(read("")).isEqualTo(new WebConfig(Optional.empty(), Map.of(), Map.of()));
  }

  @Test
  void shouldNeverShowWhatMayBeAPassword() {
    assertRefused(
        "basic_auth_users: { alice: hunter2 }",
        "line 1, column 28: basic_auth_users.alice is no bcrypt hash:"
            + " make one with htpasswd -nBC 10 NAME");
    assertRefused(
        "basic_auth_users: { alice: " + HASH.replace("$10$", "$31$") + " }",
        "line 1, column 28: basic_auth_users.alice costs too much: at most 15");
  }

  @Test
  void shouldRefuseWhatItWouldHaveToIgnore() {
    assertRefused(
        "bearer: x",
        "line 1, column 1: unknown key \"bearer\": known are \"basic_auth_users\","
            + " \"http_server_config\", \"rate_limit\", \"tls_server_config\"");
    String tls = "tls_server_config:\n  cert_file: c\n  key_file: k\n  ";
    assertRefused(
        tls + "min_version: TLS10",
        "line 4, column 16: tls_server_config.min_version: \"TLS10\" is neither TLS12 nor TLS13:"
            + " older ones are not safe");
    assertRefused(
        tls + "client_ca_file: ca",
        "line 2, column 3: tls_server_config has a client_ca_file and no client_auth_type that"
            + " asks for certificates");
    assertRefused(
        tls + "client_allowed_sans: [a]",
        "line 4, column 24: tls_server_config.client_allowed_sans is not supported: choose a"
            + " client_ca_file of its own");
    assertRefused(
        "http_server_config: { headers: { X-Frame-Options: \"a\\r\\nb: c\" } }",
        "line 1, column 51: http_server_config.headers.X-Frame-Options: \"a\\r\\nb: c\" must be"
            + " one of deny, sameorigin");
  }
}
