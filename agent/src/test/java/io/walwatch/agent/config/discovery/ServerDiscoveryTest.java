/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerDiscoveryTest {
  @TempDir Path root;

  private HostTree host;

  @BeforeEach
  void openHost() {
    host = new HostTree(root);
  }

  @Test
  void shouldFindDebiansServersByVersionAndName() throws IOException {
    host.file("/var/lib/postgresql/15/main/PG_VERSION", "15\n")
        .file("/var/lib/postgresql/9.6/old/PG_VERSION", "9.6\n")
        .file("/var/lib/postgresql/.psql_history", "")
        .directory("/var/lib/postgresql/backup/main");
    assertThat(find())
        .extracting(Finding::line)
        .containsExactly(
            "watching 15/main: " + host.path("/var/lib/postgresql/15/main") + " (Debian's place)",
            "watching 9.6/old: " + host.path("/var/lib/postgresql/9.6/old") + " (Debian's place)");
  }

  @Test
  void shouldFindTheServersOfRedHatAndOfTheContainerImage() throws IOException {
    host.file("/var/lib/pgsql/15/data/PG_VERSION", "15\n")
        .file("/var/lib/pgsql/data/PG_VERSION", "13\n")
        .file("/var/lib/postgresql/data/PG_VERSION", "16\n")
        .file("/var/lib/postgresql/data/base/1/PG_VERSION", "16\n");
    assertThat(find())
        .extracting(finding -> finding.server().orElseThrow())
        .containsExactly("15/data", "main", "main-2");
  }

  @Test
  void shouldTakePgdataFirstAndNoDirectoryTwice() throws IOException {
    host.file("/var/lib/postgresql/15/main/PG_VERSION", "15\n").directory("/srv");
    Files.createSymbolicLink(host.path("/srv/pg"), host.path("/var/lib/postgresql/15/main"));
    List<Finding> findings =
        new ServerDiscovery(root, host.access(), Optional.of("/srv/pg")).find();
    assertThat(findings)
        .extracting(Finding::line)
        .containsExactly("watching main: " + host.path("/srv/pg") + " ($PGDATA)");
  }

  @Test
  void shouldSayWhyADirectoryIsNotWatched() throws IOException {
    host.directory("/var/lib/postgresql/15/empty");
    List<Finding> findings =
        new ServerDiscovery(root, host.access(), Optional.of("/srv/gone")).find();
    assertThat(findings)
        .extracting(Finding::line)
        .containsExactly(
            "not watching " + host.path("/srv/gone") + " ($PGDATA names it, but it does not exist)",
            "not watching "
                + host.path("/var/lib/postgresql/15/empty")
                + " (it has no PG_VERSION, so it is no data directory)");
  }

  @Test
  void shouldWatchAServerThatCannotBeReadYetAndSayWhatWouldMendIt() throws IOException {
    host.file("/var/lib/postgresql/15/main/PG_VERSION", "15\n")
        .mode("/var/lib/postgresql/15/main", "rwx------");
    Finding finding = find().get(0);
    assertThat(finding.server()).hasValue("15/main");
    assertThat(finding.line())
        .contains("(Debian's place), but user walwatch cannot read ")
        .contains("/var/lib/postgresql/15/main (drwx------ ")
        .contains("to mend it: ");
  }

  @Test
  void shouldSayThatAPlaceCannotBeSearched() throws IOException {
    host.file("/var/lib/pgsql/15/data/PG_VERSION", "15\n").mode("/var/lib/pgsql", "rwx------");
    assertThat(find().get(0).line())
        .startsWith("not watching " + host.path("/var/lib/pgsql"))
        .contains("(it cannot be searched for servers: user walwatch cannot read ");
  }

  @Test
  void shouldFindNothingOnAHostWithoutServers() {
    assertThat(find()).isEmpty();
  }

  private List<Finding> find() {
    return new ServerDiscovery(root, host.access(), Optional.empty()).find();
  }
}
