/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** File facts from a table: owner 101 is postgres with group 104, adm is group 4. */
final class AccessInspectorTest {
  private static final Path DATA = Path.of("/var/lib/postgresql/15/main");
  private static final String DROP_IN =
      "systemctl edit walwatch: [Service] AmbientCapabilities=CAP_DAC_READ_SEARCH"
          + " CapabilityBoundingSet=CAP_DAC_READ_SEARCH";

  private final Map<Path, FileFacts> files = new HashMap<>();

  @BeforeEach
  void layOutDebian() {
    directory("/", 0, 0755);
    directory("/var", 0, 0755);
    directory("/var/lib", 0, 0755);
    directory("/var/lib/postgresql", 104, 0755);
    directory("/var/lib/postgresql/15", 104, 0755);
    directory("/var/lib/postgresql/15/main", 104, 0700);
    directory("/var/log", 0, 0755);
    directory("/var/log/postgresql", 4, 02775 & 0777);
    file("/var/log/postgresql/postgresql-15-main.log", 4, 0640);
  }

  @Test
  void shouldNameTheMendsOfAPrivateDataDirectory() {
    AccessDiagnosis diagnosis = diagnose(DATA, Purpose.DATA_DIRECTORY).orElseThrow();
    assertThat(diagnosis.blocking()).isEqualTo(DATA);
    assertThat(diagnosis.problem())
        .isEqualTo(
            "user walwatch cannot read /var/lib/postgresql/15/main"
                + " (drwx------ postgres postgres)");
    assertThat(diagnosis.mends())
        .containsExactly(
            "stop PostgreSQL (11 or newer), chmod -R g+rX /var/lib/postgresql/15/main (not a TLS"
                + " key in it), start it,"
                + " then usermod -aG postgres walwatch and restart walwatch",
            DROP_IN,
            "run walwatch as postgres");
    assertThat(diagnosis.line())
        .startsWith(diagnosis.problem() + "; to mend it: stop PostgreSQL")
        .hasLineCount(1);
  }

  @Test
  void shouldAskForTheGroupOnlyWhereTheGroupMayRead() {
    directory("/var/lib/postgresql/15/main", 104, 0750);
    assertThat(diagnose(DATA, Purpose.DATA_DIRECTORY).orElseThrow().mends())
        .containsExactly(
            "usermod -aG postgres walwatch and restart walwatch",
            DROP_IN,
            "run walwatch as postgres");
    Path log = Path.of("/var/log/postgresql/postgresql-15-main.log");
    assertThat(diagnose(log, Purpose.LOG).orElseThrow().line())
        .isEqualTo(
            "user walwatch cannot read /var/log/postgresql/postgresql-15-main.log"
                + " (-rw-r----- postgres adm); to mend it: usermod -aG adm walwatch and restart"
                + " walwatch");
  }

  @Test
  void shouldNotAskForAGroupThatTheAgentIsIn() {
    Path log = Path.of("/var/log/postgresql/postgresql-15-main.log");
    file(log.toString(), 4, 0600);
    AccessInspector inspector =
        AccessInspector.of(new ProcessIdentity("walwatch", 998, Set.of(4L), false), this::facts);
    assertThat(inspector.diagnose(log, Purpose.LOG).orElseThrow().mends())
        .containsExactly(
            "set log_file_mode = 0640 in PostgreSQL and chmod g+r"
                + " /var/log/postgresql/postgresql-15-main.log");
    assertThat(inspector.diagnose(log, Purpose.OTHER).orElseThrow().mends())
        .containsExactly("chmod g+r /var/log/postgresql/postgresql-15-main.log");
  }

  @Test
  void shouldNameTheFirstDirectoryThatIsInTheWay() {
    directory("/var/lib/pgsql", 104, 0700);
    directory("/var/lib/pgsql/15", 104, 0700);
    Path data = Path.of("/var/lib/pgsql/15/data");
    AccessDiagnosis diagnosis = diagnose(data, Purpose.OTHER).orElseThrow();
    assertThat(diagnosis.blocking()).isEqualTo(Path.of("/var/lib/pgsql"));
    assertThat(diagnosis.line())
        .isEqualTo(
            "user walwatch cannot enter /var/lib/pgsql (drwx------ postgres postgres), on the way"
                + " to /var/lib/pgsql/15/data; to mend it: chmod g+rx /var/lib/pgsql, then usermod"
                + " -aG postgres walwatch and restart walwatch");
  }

  @Test
  void shouldFollowLinksAsTheKernelDoes() {
    link("/srv", "var/lib/postgresql/15");
    assertThat(diagnose(Path.of("/srv/main"), Purpose.OTHER).orElseThrow().blocking())
        .isEqualTo(DATA);
    link("/loop", "/loop");
    assertThat(diagnose(Path.of("/loop/x"), Purpose.OTHER).orElseThrow().line())
        .isEqualTo(
            "/loop/x leads through more than 40 symbolic links; to mend it: look whether /loop"
                + " leads back to itself");
  }

  @Test
  void shouldNameWhatDoesNotExist() {
    assertThat(diagnose(Path.of("/var/lib/postgresql/16/main"), Purpose.OTHER).orElseThrow().line())
        .isEqualTo("/var/lib/postgresql/16 does not exist");
  }

  @Test
  void shouldFindNothingInTheWayOfWhoeverMay() {
    for (ProcessIdentity identity :
        List.of(
            new ProcessIdentity("postgres", 101, Set.of(), false),
            new ProcessIdentity("walwatch", 998, Set.of(), true))) {
      AccessInspector inspector = AccessInspector.of(identity, this::facts);
      assertThat(inspector.diagnose(DATA, Purpose.DATA_DIRECTORY)).isEmpty();
    }
    directory("/var/lib/postgresql/15/main", 104, 0750);
    AccessInspector member =
        AccessInspector.of(new ProcessIdentity("walwatch", 998, Set.of(104L), false), this::facts);
    assertThat(member.diagnose(DATA, Purpose.DATA_DIRECTORY)).isEmpty();
  }

  @Test
  void shouldNotLetTheOwnerInByTheRightsOfOthers() {
    directory("/var/lib/postgresql/15/main", 104, 0077);
    AccessInspector owner =
        AccessInspector.of(new ProcessIdentity("postgres", 101, Set.of(104L), false), this::facts);
    assertThat(owner.diagnose(DATA, Purpose.OTHER)).isPresent();
  }

  @Test
  void shouldReadWhoAProcessIs() {
    ProcessIdentity identity =
        ProcessIdentity.parse(
            "walwatch",
            List.of(
                "Name:\tjava",
                "Uid:\t998\t998\t998\t998",
                "Gid:\t997\t997\t997\t997",
                "Groups:\t4 104 ",
                "CapEff:\t0000000000000000"));
    assertThat(identity)
        .isEqualTo(new ProcessIdentity("walwatch", 998, Set.of(997L, 4L, 104L), false));
    assertThat(
            ProcessIdentity.parse("w", List.of("Uid:\t1", "Gid:\t1", "CapEff:\t0000000000000004")))
        .isEqualTo(new ProcessIdentity("w", 1, Set.of(1L), true));
  }

  @Test
  void shouldFindNothingInTheWayOfThisProcessInItsOwnHome() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(AccessInspector.forThisProcess().diagnose(here, Purpose.OTHER)).isEmpty();
    assertThat(
            AccessInspector.forThisProcess()
                .diagnose(here.resolve("absent/file"), Purpose.OTHER)
                .orElseThrow()
                .line())
        .isEqualTo(here.resolve("absent") + " does not exist");
  }

  private Optional<AccessDiagnosis> diagnose(Path path, Purpose purpose) {
    ProcessIdentity walwatch = new ProcessIdentity("walwatch", 998, Set.of(997L), false);
    return AccessInspector.of(walwatch, this::facts).diagnose(path, purpose);
  }

  private Optional<FileFacts> facts(Path path) {
    return Optional.ofNullable(files.get(path));
  }

  private void directory(String path, int group, int mode) {
    files.put(Path.of(path), facts(group, mode, true, Optional.empty()));
  }

  private void file(String path, int group, int mode) {
    files.put(Path.of(path), facts(group, mode, false, Optional.empty()));
  }

  private void link(String path, String target) {
    files.put(Path.of(path), facts(0, 0777, false, Optional.of(Path.of(target))));
  }

  private static FileFacts facts(int group, int mode, boolean directory, Optional<Path> target) {
    String name = Map.of(0, "root", 4, "adm", 104, "postgres").getOrDefault(group, "?");
    return new FileFacts(101, group, "postgres", name, mode, directory, target);
  }
}
