/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OptionServersTest {
  private static final CommandLineOptions NONE = CommandLineOptions.NONE;

  @Test
  void shouldNameADataDirectoryByItsPlace() throws ConfigException {
    assertThat(read(NONE.with(AgentOption.PGDATA, "/var/lib/postgresql/15/main")))
        .extracting(ServerConfig::name)
        .containsExactly("15/main");
    assertThat(read(NONE.with(AgentOption.PGDATA, "/var/lib/pgsql/9.6/data")))
        .extracting(ServerConfig::name)
        .containsExactly("9.6/data");
    assertThat(read(NONE.with(AgentOption.PGDATA, "/srv/pg")))
        .extracting(ServerConfig::name)
        .containsExactly("main");
  }

  @Test
  void shouldGiveALogWithoutAServerToTheOnlyOne() throws ConfigException {
    List<ServerConfig> servers =
        read(NONE.with(AgentOption.PGDATA, "db=/srv/pg").with(AgentOption.LOG, "/var/log/*.log"));
    assertThat(servers)
        .containsExactly(
            new ServerConfig(
                "db",
                Optional.of(Path.of("/srv/pg")),
                Optional.empty(),
                Optional.of(List.of("/var/log/*.log"))));
  }

  @Test
  void shouldGiveALogWithoutAServerToMainWhereThereAreSeveralOrNone() throws ConfigException {
    assertThat(read(NONE.with(AgentOption.LOG, "x.log")))
        .containsExactly(
            new ServerConfig(
                "main",
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("/work-here/x.log"))));
    List<ServerConfig> servers =
        read(
            NONE.with(AgentOption.PGDATA, List.of("a=/a", "b=/b"))
                .with(AgentOption.ARCHIVE_STATUS, "/q"));
    assertThat(servers).extracting(ServerConfig::name).containsExactly("a", "b", "main");
    assertThat(servers.get(2).archiveStatus()).hasValue(Path.of("/q"));
  }

  @Test
  void shouldKeepAnEqualsSignInAPath() throws ConfigException {
    assertThat(directoryOf("/srv/a=b")).isEqualTo(Path.of("/srv/a=b"));
    assertThat(directoryOf("./a=b")).isEqualTo(Path.of("/work-here/a=b"));
    assertThat(directoryOf("my dir=b")).isEqualTo(Path.of("/work-here/my dir=b"));
    assertThat(directoryOf("x=/srv/a=b")).isEqualTo(Path.of("/srv/a=b"));
  }

  @Test
  void shouldRefuseTwoDataDirectoriesOfOneServer() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(NONE.with(AgentOption.PGDATA, List.of("/srv/a", "/srv/b"))))
        .withMessage("--pgdata: \"/srv/b\" is a second one for server main: write NAME=DIR");
  }

  @Test
  void shouldRefuseAnEmptyNameOrValue() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(NONE.with(AgentOption.LOG, "=/x")))
        .withMessage("--log: \"=/x\" has no name before the =");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(NONE.with(AgentOption.LOG, "a=")))
        .withMessage("--log: \"a=\" has nothing after the =");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(NONE.with(AgentOption.PGDATA, "")))
        .withMessage("--pgdata: \"\" is empty");
  }

  private static Path directoryOf(String option) throws ConfigException {
    return read(NONE.with(AgentOption.PGDATA, option)).get(0).dataDirectory().orElseThrow();
  }

  private static List<ServerConfig> read(CommandLineOptions options) throws ConfigException {
    return OptionServers.read(new GivenOptions(options, Map.of()), Path.of("/work-here"));
  }
}
