/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys of which a part was cut away. */
final class PrivateKeysTest {
  private static final String BODY_LINE =
      "MIIEowIBAAKCAQEAx3Z0gqB7cV9XbN2mTtQnP5yK1sLhWfGd8RuJeYiOaSvMkXzC";

  /** Only the end of an output is kept, and what stands before a record. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "now:\nbefore\n@-----END RSA PRIVATE KEY-----\nafter",
        "now:\nbefore\n@\t-----END OPENSSH PRIVATE KEY-----\nafter",
        "now:\nbefore\n@after",
        "now:\nbefore\n-----BEGIN PRIVATE KEY-----\n@-----END PRIVATE KEY-----\nafter"
      })
  void shouldHideTheBodyOfAPrivateKeyThatWasCut(String text) {
    String body = (BODY_LINE + "\n").repeat(3) + "Qk1heA9d\n";

    assertThat(Masking.mask(text.replace("@", body)))
        .startsWith("now:\nbefore\n")
        .endsWith("\nafter")
        .contains("***")
        .doesNotContain("MIIEow", "Qk1heA9d");
  }

  @Test
  void shouldHideTheRestOfALineOfAPrivateKey() {
    String text = "wIBAA\n" + BODY_LINE + "\nQk1heA9d\n-----END PRIVATE KEY-----\nafter";

    assertThat(Masking.mask(text)).isEqualTo("***\n-----END PRIVATE KEY-----\nafter");
    assertThat(Masking.mask("now:\nQk1heA9d\n-----END PRIVATE KEY-----\n"))
        .isEqualTo("now:\n***\n-----END PRIVATE KEY-----\n");
  }

  @Test
  void shouldShowChecksumsAndNamesOfSegments() {
    String text =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n".repeat(3)
            + "000000010000000000000003\n".repeat(3);

    assertThat(Masking.mask(text)).isEqualTo(text);
  }
}
