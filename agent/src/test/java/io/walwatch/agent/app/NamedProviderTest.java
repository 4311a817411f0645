/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plug-in that fails whenever it is asked about itself. */
final class NamedProviderTest {
  private static final class Faulty implements LogParserProvider {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public boolean isArchiver() {
      throw new IllegalStateException("broken");
    }

    @Override
    public boolean claims(String command) {
      throw new IllegalStateException("broken");
    }

    @Override
    public LogParser create() {
      throw new IllegalStateException("broken");
    }
  }

  /** Each publication asks, four times a second. */
  @Test
  void shouldSayOnceThatAPlugInHasAFault() {
    Plugins plugins =
        new Plugins(List.of(new Plugins.Plugin<>(new Faulty(), "faulty", "faulty.jar")), List.of());
    List<String> said;
    try (LogCapture log = LogCapture.open()) {
      for (int i = 0; i < 10; i++) {
        for (LogParserProvider provider : plugins.providers()) {
          assertThat(provider.isArchiver()).isFalse();
          assertThat(provider.claims("faulty %p")).isFalse();
        }
      }
      said = log.lines();
    }

    assertThat(said)
        .containsExactly(
            "ERROR The parser faulty has a fault: java.lang.IllegalStateException: broken");
  }
}
