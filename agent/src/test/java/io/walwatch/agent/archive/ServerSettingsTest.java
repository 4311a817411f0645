/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "archive_mode = on|archive_mode|on",
        "  Archive_Mode on   # comment|archive_mode|on",
        "archive_mode=always#x|archive_mode|always",
        "archive_command = 'cp %p /a/%f'|archive_command|cp %p /a/%f",
        "archive_command = 'say ''#%f'' \\'twice\\''|archive_command|say '#%f' 'twice'",
        "x.y = 'a\\tb\\101'|x.y|a\tbA",
        "log_line_prefix = '%m [%p] ' # tail|log_line_prefix|\"%m [%p] \"",
      })
  void shouldReadALine(String text, String name, String value) {
    assertThat(ConfigLine.parse(text)).isEqualTo(new ConfigLine(name, value));
  }

  @Test
  void shouldSetNothingFromACommentOrAnEmptyLine() {
    assertThat(ConfigLine.parse("")).isNull();
    assertThat(ConfigLine.parse("  # archive_mode = on")).isNull();
    assertThat(ConfigLine.parse("= on")).isNull();
  }

  @Test
  void shouldFollowDebiansCommandLineToEtc() throws IOException {
    Path data = Files.createDirectories(root.resolve("data"));
    Path etc = Files.createDirectories(root.resolve("etc/conf.d"));
    Path main = etc.resolveSibling("postgresql.conf");
    Files.writeString(
        data.resolve("postmaster.opts"),
        "/usr/lib/postgresql/15/bin/postgres \"-D\" \""
            + data
            + "\" \"-c\" \"config_file="
            + main
            + "\"\n");
    Files.writeString(
        main,
        """
        archive_mode = off
        archive_command = 'first'
        include_dir = 'conf.d'
        include_if_exists = 'nothing.conf'
        """);
    Files.writeString(etc.resolve("10-archive.conf"), "archive_mode = on\ninclude '../more'\n");
    Files.writeString(etc.resolveSibling("more"), "archive_command = 'second'\n");

    ServerSettings settings = ServerSettings.read(data);

    assertThat(settings.get("archive_mode")).contains("on");
    assertThat(settings.get("archive_command")).contains("second");
    assertThat(settings.get("wal_level")).isEmpty();
  }

  @Test
  void shouldLetTheCommandLineWin() throws IOException {
    Files.writeString(root.resolve("postgresql.conf"), "archive_mode = on\n");
    Files.writeString(root.resolve("postgresql.auto.conf"), "archive_mode = on\n");
    Files.writeString(
        root.resolve("postmaster.opts"),
        "/bin/postgres \"--archive-mode=off\" \"-c\" \"archive_command=cp %p /x y\"\n");
    ServerSettings settings = ServerSettings.read(root);
    assertThat(settings.get("archive_mode")).contains("off");
    assertThat(settings.get("archive_command")).contains("cp %p /x y");
  }

  @Test
  void shouldNotFollowAnIncludeThatIncludesItself() throws IOException {
    Files.writeString(
        root.resolve("postgresql.conf"), "include 'postgresql.conf'\narchive_mode = on\n");
    assertThat(ServerSettings.read(root).get("archive_mode")).contains("on");
  }
}
