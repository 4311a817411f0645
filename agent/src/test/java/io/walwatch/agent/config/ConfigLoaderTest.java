/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {
  @TempDir Path directory;

  @Test
  void shouldTakeOptionBeforeEnvironmentBeforeFileBeforeDefault() throws Exception {
    file("listen: ':1'\nstate_directory: /file\nplugins: /file\nweb_config: /file\n");
    Map<String, String> environment =
        Map.of("WALWATCH_LISTEN", ":2", "WALWATCH_STATE_DIR", "/env", "WALWATCH_PLUGINS", "/env");
    CommandLineOptions options =
        CommandLineOptions.NONE
            .with(AgentOption.LISTEN, ":3")
            .with(AgentOption.LISTEN, "[::1]:4")
            .with(AgentOption.STATE_DIR, "option");
    AgentConfig config = loader(environment).load(options);
    assertThat(config.listen())
        .extracting(ListenAddress::toString)
        .containsExactly(":3", "[::1]:4");
    assertThat(config.stateDirectory()).isEqualTo(directory.resolve("option"));
    assertThat(config.pluginDirectory()).isEqualTo(Path.of("/env"));
    assertThat(config.webConfig()).hasValue(Path.of("/file"));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void shouldLookForNoServerWhereTheFileSaysThatThereIsNone() throws Exception {
    file("listen: ':1'\n");
    assertThat(loader(Map.of()).load(CommandLineOptions.NONE).discovery()).isTrue();

    file("servers: []\n");
    assertThat(loader(Map.of()).load(CommandLineOptions.NONE).discovery()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:1", "127.1.2.3:1", "[::1]:1", "localhost:1", ":1"})
  void shouldListenToSyslogOnThisHost(String address) throws Exception {
    file("sources: [{ name: s, syslog: 'udp://" + address + "' }]\n");
    assertThat(loader(Map.of()).load(CommandLineOptions.NONE).sources()).hasSize(1);
  }

  @Test
  void shouldMapEveryOptionAndEveryVariable() throws Exception {
    AgentConfig expected =
        new AgentConfig(
            List.of(
                new ListenAddress(Optional.empty(), 1),
                new ListenAddress(Optional.of("127.0.0.1"), 0)),
            Optional.of(Path.of("/web.yml")),
            Path.of("/state"),
            Path.of("/plugins"),
            List.of(
                new ServerConfig(
                    "a",
                    Optional.of(Path.of("/a")),
                    Optional.of(Path.of("/q")),
                    Optional.of(List.of("/x/*.log", "/y.log")))),
            List.of(),
            List.of(),
            List.of(),
            Limits.DEFAULT,
            true);
    Map<AgentOption, List<String>> values =
        Map.of(
            AgentOption.LISTEN, List.of(":1", "127.0.0.1:0"),
            AgentOption.WEB_CONFIG, List.of("/web.yml"),
            AgentOption.STATE_DIR, List.of("/state"),
            AgentOption.PLUGINS, List.of("/plugins"),
            AgentOption.PGDATA, List.of("a=/a"),
            AgentOption.ARCHIVE_STATUS, List.of("/q"),
            AgentOption.LOG, List.of("/x/*.log", "a=/y.log"),
            AgentOption.FROM_START, List.of("true"));
    CommandLineOptions options = CommandLineOptions.NONE;
    for (var entry : values.entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    assertThat(loader(Map.of()).load(options)).isEqualTo(expected);

    Map<String, String> environment =
        Map.of(
            "WALWATCH_LISTEN", ":1, 127.0.0.1:0",
            "WALWATCH_WEB_CONFIG", "/web.yml",
            "WALWATCH_STATE_DIR", "/state",
            "WALWATCH_PLUGINS", "/plugins",
            "WALWATCH_PGDATA", "a=/a",
            "WALWATCH_ARCHIVE_STATUS", "/q",
            "WALWATCH_LOG", " /x/*.log,a=/y.log ",
            "WALWATCH_FROM_START", "yes");
    assertThat(loader(environment).load(CommandLineOptions.NONE)).isEqualTo(expected);
  }

  @Test
  void shouldReadTheNamedFileAndNoOther() throws Exception {
    file("listen: ':1'\n");
    Files.writeString(directory.resolve("other.yml"), "listen: ':2'\n");
    assertThat(load(AgentOption.CONFIG, "other.yml").listen())
        .containsExactly(new ListenAddress(Optional.empty(), 2));
    assertThat(
            loader(Map.of("WALWATCH_CONFIG", "other.yml")).load(CommandLineOptions.NONE).listen())
        .containsExactly(new ListenAddress(Optional.empty(), 2));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(AgentOption.CONFIG, "absent.yml"))
        .withMessage("the configuration file %s does not exist", directory.resolve("absent.yml"));
  }

  @Test
  void shouldLeaveOutTheFilesServersAndSourcesWhenAnOptionNamesWhatToWatch() throws Exception {
    file(
        "servers: [{name: a, logs: /x}]\nsources: [{name: s, files: /y}]\njobs: [{name: j, every: 1d}]\n");
    assertThat(loader(Map.of()).load(CommandLineOptions.NONE).sources()).hasSize(1);
    AgentConfig config = load(AgentOption.LOG, "/z");
    assertThat(config.servers()).extracting(ServerConfig::name).containsExactly("main");
    assertThat(config.sources()).isEmpty();
    assertThat(config.jobs()).hasSize(1);
  }

  @Test
  void shouldCheckParserNamesAgainstThePluginsThatTheOptionNames() throws Exception {
    file("sources: [{name: s, files: /y, parsers: mine}]\n");
    assertThat(load(AgentOption.PLUGINS, "/extra").sources()).hasSize(1);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> loader(Map.of()).load(CommandLineOptions.NONE))
        .withMessageContaining("\"mine\" is no parser that was found");
  }

  @Test
  void shouldNameTheOptionOrVariableThatIsWrong() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(AgentOption.LISTEN, "nonsense"))
        .withMessage(
            "--listen: \"nonsense\" is not ADDRESS:PORT: write for example :10432,"
                + " 127.0.0.1:10432 or [::1]:10432");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () -> loader(Map.of("WALWATCH_FROM_START", "maybe")).load(CommandLineOptions.NONE))
        .withMessage("WALWATCH_FROM_START: \"maybe\" is neither true nor false");
  }

  @Test
  void shouldTakeAnEmptyVariableForOneThatIsNotSet() throws Exception {
    assertThat(
            loader(Map.of("WALWATCH_LISTEN", " ", "WALWATCH_PGDATA", ","))
                .load(CommandLineOptions.NONE))
        .isEqualTo(AgentConfig.DEFAULT);
  }

  @Test
  void shouldRefuseAFileThatIsNoText() throws Exception {
    Files.write(
        directory.resolve("walwatch.yml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> loader(Map.of()).load(CommandLineOptions.NONE))
        .withMessageEndingWith("walwatch.yml is not UTF-8");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(AgentOption.CONFIG, "."))
        .withMessageContaining("cannot be read");
  }

  private AgentConfig load(AgentOption option, String value) throws ConfigException {
    return loader(Map.of()).load(CommandLineOptions.NONE.with(option, value));
  }

  private ConfigLoader loader(Map<String, String> environment) {
    return new ConfigLoader(
        directory.resolve("walwatch.yml"), directory, environment, ConfigTesting.CATALOG);
  }

  private void file(String text) throws IOException {
    Files.writeString(directory.resolve("walwatch.yml"), text);
  }
}
