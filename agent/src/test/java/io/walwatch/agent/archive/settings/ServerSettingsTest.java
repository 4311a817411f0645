/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories laid out by hand below a root of their own. */
final class ServerSettingsTest {
  @TempDir Path root;

  private Path data;

  @BeforeEach
  void makeDataDirectory() throws IOException {
    data = root.resolve("var/lib/postgresql/15/main");
    write("var/lib/postgresql/15/main/PG_VERSION", "15\n");
  }

  @Test
  void shouldLetTheLaterFileAndThenTheCommandLineWin() throws IOException {
    inData("postgresql.conf", "a = 1\nb = 1\nc = 1\na = 2\n");
    inData("postgresql.auto.conf", "b = '2'\nc = '2'\n");
    inData("postmaster.opts", "postgres \"-D\" \"data\" \"-c\" \"c=3\"\n");
    ServerSettings settings = read();
    assertThat(settings.get("A")).hasValue("2");
    assertThat(settings.get("b")).hasValue("2");
    assertThat(settings.get("c")).hasValue("3");
    assertThat(settings.get("d")).isEmpty();
    assertThat(settings.isComplete()).isTrue();
    assertThat(settings.files())
        .containsExactly(
            data.resolve("postmaster.opts"),
            data.resolve("postgresql.conf"),
            data.resolve("postgresql.auto.conf"));
  }

  @Test
  void shouldFollowIncludesWhereTheyStand() throws IOException {
    inData(
        "postgresql.conf",
        """
        a = 1
        include 'sub/one.conf'
        include_if_exists = 'absent.conf'
        INCLUDE_DIR 'conf.d'
        b = 9
        """);
    inData("sub/one.conf", "a = 2\nb = 2\ninclude 'two.conf'\n");
    inData("sub/two.conf", "c = 2\n");
    inData("conf.d/20-last.conf", "d = last\n");
    inData("conf.d/10-first.conf", "d = first\ne = first\n");
    inData("conf.d/.hidden.conf", "d = hidden\n");
    inData("conf.d/30-other.conf.bak", "d = other\n");
    ServerSettings settings = read();
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get("a")).hasValue("2");
    assertThat(settings.get("b")).hasValue("9");
    assertThat(settings.get("c")).hasValue("2");
    assertThat(settings.get("d")).hasValue("last");
    assertThat(settings.get("e")).hasValue("first");
  }

  @Test
  void shouldFindDebiansFileThroughTheCommandLineOfTheLastStart() throws IOException {
    write("etc/postgresql/15/main/postgresql.conf", "archive_mode = on\ninclude_dir = 'conf.d'\n");
    write("etc/postgresql/15/main/conf.d/x.conf", "include '/etc/shared.conf'\n");
    write("etc/shared.conf", "archive_command = 'true'\n");
    inData(
        "postmaster.opts",
        "postgres \"-D\" \"/var/lib/postgresql/15/main\" \"-c\""
            + " \"config_file=/etc/postgresql/15/main/postgresql.conf\"\n");
    assertThat(read().getBoolean("archive_mode")).hasValue(true);
    assertThat(read().get("archive_command")).hasValue("true");
    assertThat(read().configFile())
        .hasValue(root.resolve("etc/postgresql/15/main/postgresql.conf"));
  }

  @Test
  void shouldFindDebiansFileOfAServerThatNeverStarted() throws IOException {
    String here = "data_directory = '/var/lib/postgresql/15/main'\narchive_mode = always\n";
    write("etc/postgresql/15/other/postgresql.conf", "data_directory = '/srv/other'\n");
    write("etc/postgresql/15/renamed/postgresql.conf", here);
    assertThat(read().get("archive_mode")).hasValue("always");
  }

  @Test
  void shouldReadADirectoryOfConfigurationThatTheCommandLineNames() throws IOException {
    write("srv/conf/postgresql.conf", "a = conf\n");
    inData("postgresql.conf", "a = data\n");
    inData("postmaster.opts", "postgres \"-D\" \"/srv/conf\"\n");
    assertThat(read().get("a")).hasValue("conf");
  }

  @Test
  void shouldNotReadAnotherServersFileWhenTheCommandLineIsAContainers() throws IOException {
    write("var/lib/postgresql/data/postgresql.conf", "a = other\n");
    write("var/lib/postgresql/data/PG_VERSION", "16\n");
    inData("postgresql.conf", "a = mine\n");
    inData("postmaster.opts", "postgres \"-D\" \"/var/lib/postgresql/data\"\n");
    assertThat(read().get("a")).hasValue("mine");
  }

  @Test
  void shouldSayWhatIsMissingOrBroken() throws IOException {
    assertThat(read().isComplete()).isFalse();
    assertThat(read().problems())
        .containsExactly(data + " has no postgresql.conf that can be found");

    inData("postgresql.conf", "a = 1\nb = = 2\ninclude 'gone.conf'\ninclude_dir 'gone'\nc = 3\n");
    ServerSettings settings = read();
    assertThat(settings.get("c")).hasValue("3");
    assertThat(settings.problems())
        .containsExactly(
            data.resolve("postgresql.conf") + " line 2 is not understood",
            data.resolve("postgresql.conf")
                + " includes "
                + data.resolve("gone.conf")
                + ", which does not exist",
            data.resolve("gone") + " is not a directory");
    assertThat(settings.isComplete()).isFalse();
    assertThat(settings.lookedAt())
        .containsExactly(
            data.resolve("postmaster.opts"),
            data.resolve("postgresql.conf"),
            data.resolve("gone.conf"),
            data.resolve("gone"),
            data.resolve("postgresql.auto.conf"));

    inData("postgresql.conf", "a = = 1\nb = 1\n");
    assertThat(read().isComplete()).isTrue();
    assertThat(read().problems()).hasSize(1);
  }

  @Test
  void shouldStopAtIncludesInACircle() throws IOException {
    inData("postgresql.conf", "include 'a.conf'\ninclude 'a.conf'\ninclude 'a.conf'\nx = 1\n");
    inData("a.conf", "include 'postgresql.conf'\ninclude 'postgresql.conf'\n");
    assertThat(read().isComplete()).isFalse();
    assertThat(read().get("x")).hasValue("1");
    assertThat(read().problems()).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void shouldReadBooleansAsPostgresDoes() throws IOException {
    inData("postgresql.conf", "a = t\nb = 'YES'\nc = of\nd = 0\ne = o\nf = always\ng = ''\n");
    ServerSettings settings = read();
    assertThat(settings.getBoolean("a")).hasValue(true);
    assertThat(settings.getBoolean("b")).hasValue(true);
    assertThat(settings.getBoolean("c")).hasValue(false);
    assertThat(settings.getBoolean("d")).hasValue(false);
    assertThat(settings.getBoolean("e")).isEmpty();
    assertThat(settings.getBoolean("f")).isEmpty();
    assertThat(settings.getBoolean("g")).isEmpty();
    assertThat(settings.getBoolean("h")).isEmpty();
  }

  @Test
  void shouldNotReadADirectoryOrAnEndlessFile() throws IOException {
    Files.createDirectories(data.resolve("postgresql.conf"));
    assertThat(read().problems())
        .containsExactly(data.resolve("postgresql.conf") + " is not a regular file");
  }

  /** Root reads everything: what no user can open is a path that is too long. */
  @Test
  void shouldPassOverAClusterWhoseDirectoryIsClosed() throws IOException {
    Path deep = root;
    while (deep.toString().length() < 3_850) {
      deep = deep.resolve("d".repeat(Math.min(200, 3_900 - deep.toString().length())));
    }
    Path etc = Files.createDirectories(deep.resolve("etc/postgresql"));
    Path cluster = Files.createDirectories(etc.resolve("15/renamed"));
    Path same = Files.createSymbolicLink(root.resolve("same"), etc);
    Path closed = Files.createDirectory(same.resolve("v".repeat(255)));

    ServerSettings none = ServerSettings.read(data, deep);
    assertThat(none.isComplete()).isFalse();
    assertThat(none.problems()).anyMatch(problem -> problem.contains("cannot be listed"));

    Files.writeString(cluster.resolve("postgresql.conf"), "data_directory = '/srv'\n");
    Path seen = Files.createSymbolicLink(deep.resolve("srv"), data);
    assertThat(ServerSettings.read(seen, deep).configFile())
        .hasValue(cluster.resolve("postgresql.conf"));
    Files.delete(closed);
  }

  private ServerSettings read() {
    return ServerSettings.read(data, root);
  }

  private void inData(String name, String text) throws IOException {
    write("var/lib/postgresql/15/main/" + name, text);
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
