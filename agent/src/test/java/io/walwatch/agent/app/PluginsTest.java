/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parsers that are built in, and those that are dropped into a directory. */
final class PluginsTest {
  @TempDir private Path directory;

  @Test
  void shouldFindWhatIsBuiltIn() {
    assertThat(Plugins.find(directory.resolve("none")).found())
        .allMatch(plugin -> plugin.place().equals("built in"))
        .extracting(plugin -> plugin.provider().name())
        .contains("wal-e", "wal-g", "pgbackrest", "barman", "postgres")
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldFindAParserInAJar() throws IOException, URISyntaxException {
    Path jar = directory.resolve("sample.jar");
    PluginJar.write(jar, "sample", "");

    assertThat(Plugins.find(directory).found())
        .filteredOn(plugin -> plugin.provider().name().equals("sample"))
        .singleElement()
        .satisfies(
            plugin -> {
              assertThat(plugin.place()).isEqualTo(jar.toString());
              assertThat(plugin.provider().create()).isNotNull();
            });
  }

  @Test
  void shouldSayThatAJarIsBrokenAndGoOn() throws IOException, URISyntaxException {
    Files.writeString(directory.resolve("broken.jar"), "no zip");
    PluginJar.write(directory.resolve("sample.jar"), "sample", "");
    try (LogCapture log = LogCapture.open()) {
      assertThat(Plugins.find(directory).providers())
          .extracting(provider -> provider.name())
          .contains("sample", "wal-e");
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("ERROR The plug-in " + directory.resolve("broken.jar") + " cannot be used: ");
    }
  }

  @Test
  void shouldSayOnceThatAJarIsBrokenWhoeverAsks() throws IOException {
    Files.writeString(directory.resolve("broken.jar"), "no zip");
    try (LogCapture log = LogCapture.open()) {
      KnownNames names = new KnownNames();
      assertThat(names.parsers(directory)).contains("wal-e");
      assertThat(names.backupProviders(directory)).containsKey("wal-g");
      assertThat(names.plugins(directory).providers()).isNotEmpty();
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void shouldNotLetAPluginReplaceAParserOfTheSameName() throws IOException, URISyntaxException {
    Path jar = directory.resolve("sample.jar");
    PluginJar.write(jar, "wal-e", "");
    try (LogCapture log = LogCapture.open()) {
      assertThat(Plugins.find(directory).found())
          .filteredOn(plugin -> plugin.provider().name().equals("wal-e"))
          .singleElement()
          .extracting(Plugins.Plugin::place)
          .isEqualTo("built in");
      assertThat(log.lines())
          .containsExactly(
              "WARN The parser wal-e in " + jar + " is not used: there is one of that name");
    }
  }
}
