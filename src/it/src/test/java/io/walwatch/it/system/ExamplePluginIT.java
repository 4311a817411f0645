/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The jar of src/example-parser, as it was built, in the plug-in directory of the packed agent. */
class ExamplePluginIT {
  private AgentFixture fixture;
  private Path plugins;
  private Path jar;

  @BeforeEach
  void installTheJar() throws Exception {
    fixture = AgentFixture.create();
    Path built = Path.of(Objects.requireNonNull(System.getProperty("it.example.jar")));
    plugins = Files.createDirectory(fixture.root().resolve("plugins"));
    jar = Files.copy(built, plugins.resolve("walcp.jar"));
    fixture.append(
        """
        2026-11-22 09:06:37.476 UTC [5] LOG:  database system is ready to accept connections
        walcp: stored 000000010000000000000001 in /srv/wal
        walcp: stored 000000010000000000000002 in /srv/wal
        walcp: failed 000000010000000000000003: No space left on device
        walcp: stored nothing in /srv/wal
        """);
  }

  @AfterEach
  void removeAll() {
    fixture.close();
  }

  @Test
  void shouldBeListedWithItsJar() throws Exception {
    CommandResult listed = run("plugins");

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output())
        .filteredOn(line -> line.startsWith("walcp "))
        .singleElement()
        .asString()
        .contains(" archiver ")
        .endsWith(" " + jar);
  }

  @Test
  void shouldReadALogForParse() throws Exception {
    CommandResult parsed = run("parse", "--rejected", fixture.log().toString());

    assertThat(parsed.exitCode()).isZero();
    assertThat(parsed.output())
        .filteredOn(line -> line.contains("\"parser\":\"walcp\""))
        .hasSize(4);
    assertThat(parsed.output())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"event\":\"push\",\"archiver\":\"walcp\",\"state\":\"complete\"")
                    .contains("\"file\":\"000000010000000000000002\",\"kind\":\"segment\""))
        .anySatisfy(line -> assertThat(line).contains("\"state\":\"fail\""))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"rejected\":\"malformed\",\"parser\":\"walcp\"")
                    .contains("\"reason\":\"bad file name\""));
  }

  @Test
  void shouldCountForServe() throws Exception {
    try (AgentProcess agent = fixture.serve("--plugins", plugins.toString())) {
      AgentFixture.awaitCompleted(agent, 2);

      assertThat(agent.scrape().sum("walwatch_push_completed_total", "archiver=walcp"))
          .isEqualTo(2);
      assertThat(agent.scrape().sum("walwatch_source_malformed_total", "parser=walcp"))
          .isEqualTo(1);
    }
  }

  private CommandResult run(String command, String... arguments) throws Exception {
    String[] all = new String[3 + arguments.length];
    all[0] = command;
    all[1] = "--plugins";
    all[2] = plugins.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Launcher.packed().run(all);
  }
}
