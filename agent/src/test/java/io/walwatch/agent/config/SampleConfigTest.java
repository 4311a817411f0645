/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file that operators install and learn the keys from, as it stands and with all lines on. */
final class SampleConfigTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("walwatch.root", ".."), "deploy", "walwatch.yml");
  private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^#(?=[a-z]| {2})");

  private String text = "";

  @BeforeEach
  void readSample() throws IOException {
    text = Files.readString(SAMPLE);
  }

  @Test
  void shouldChangeNothingAsItStands() throws ConfigException {
    assertThat(ConfigTesting.read(text)).isEqualTo(AgentConfig.DEFAULT);
  }

  @Test
  void shouldHoldTheDefaultsInTheLinesThatAreSwitchedOff() throws ConfigException {
    AgentConfig config = allOn();
    AgentConfig defaults = AgentConfig.DEFAULT;
    assertThat(config.listen()).isEqualTo(defaults.listen());
    assertThat(config.stateDirectory()).isEqualTo(defaults.stateDirectory());
    assertThat(config.pluginDirectory()).isEqualTo(defaults.pluginDirectory());
    assertThat(config.limits()).isEqualTo(defaults.limits());
    assertThat(config.backups().get(0).every()).isEqualTo(BackupConfig.DEFAULT_EVERY);
    assertThat(config.backups().get(0).timeout()).isEqualTo(BackupConfig.DEFAULT_TIMEOUT);
  }

  @Test
  void shouldShowEveryKindOfInputAndProvider() throws ConfigException {
    AgentConfig config = allOn();
    assertThat(config.servers()).hasSize(1);
    assertThat(config.webConfig()).isPresent();
    assertThat(config.jobs()).hasSize(1);
    assertThat(config.sources())
        .extracting(source -> source.input().getClass().getSimpleName())
        .containsOnly("Files", "Syslog", "Journal", "Stdin");
    for (String provider : ConfigTesting.PROVIDERS.keySet()) {
      assertThat(text).contains(provider);
    }
  }

  private AgentConfig allOn() throws ConfigException {
    return ConfigTesting.read(SWITCHED_OFF.matcher(text).replaceAll(""));
  }
}
