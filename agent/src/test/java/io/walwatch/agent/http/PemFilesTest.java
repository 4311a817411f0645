/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private keys in the forms in which people have them. */
final class PemFilesTest {
  /** {@code openssl ecparam -genkey -name prime256v1}; it protects nothing. */
  private static final String EC =
      """
      -----BEGIN EC PARAMETERS-----
      BggqhkjOPQMBBw==
      -----END EC PARAMETERS-----
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIDGTIxg78f5snv2F9FLPJNu3lYP3rlaLAiOlHviZnL0yoAoGCCqGSM49
      AwEHoUQDQgAEovB/XGIRJpyvL79gem13uJb3QbGbqIgAt/0QVcD26ah22J1jOtsE
      RfCbEnVQGLb7xqoeR7VzPCpC1pYESo2kmg==
      -----END EC PRIVATE KEY-----
      """;

  @TempDir private Path directory;

  @Test
  void shouldReadWhatOpensslWroteForEllipticCurves() throws IOException {
    assertThat(PemFiles.key(file(EC)).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void shouldReadBothFormsOfAnRsaKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    // The older form is what stands in the newer one behind 26 bytes that say which it is.
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

    assertThat(PemFiles.key(file(pem("PRIVATE KEY", pkcs8)))).isEqualTo(key);
    assertThat(PemFiles.key(file(pem("RSA PRIVATE KEY", pkcs1)))).isEqualTo(key);
  }

  @Test
  void shouldNameTheFileThatHoldsNoKey() throws IOException {
    for (String text :
        new String[] {
          "", "hello", pem("PRIVATE KEY", new byte[9]), pem("EC PRIVATE KEY", new byte[] {0x30})
        }) {
      Path file = file(text);
      assertThatThrownBy(() -> PemFiles.key(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
    Path encrypted = file(pem("ENCRYPTED PRIVATE KEY", new byte[9]));
    assertThatThrownBy(() -> PemFiles.key(encrypted)).hasMessageContaining("is encrypted");
    assertThatThrownBy(() -> PemFiles.certificates(encrypted))
        .hasMessageContaining("holds no certificate");
    assertThatThrownBy(() -> PemFiles.key(directory.resolve("none")))
        .hasMessageContaining("none does not exist");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("key.pem"), text);
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
