/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.writer.AppendingFile;
import io.walwatch.it.writer.PushRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Logs and directories that are missing, unreadable or vanish: said by name, and picked up. */
class MissingThingsIT {
  private static final String FILES = "walwatch_source_files";
  private static final String STARTED = "walwatch_push_started_total";
  private static final String SCAN_SUCCESS = "walwatch_archive_scan_success";

  @Test
  void shouldWaitForALogThatIsMissing() throws Exception {
    try (AgentFixture fixture = AgentFixture.create();
        AgentProcess agent = fixture.serve()) {
      awaitValue(agent, FILES, 0);
      awaitMessage(agent, fixture.log() + ": ");

      fixture.append(PushRecords.begin(1));

      awaitValue(agent, FILES, 1);
      awaitValue(agent, STARTED, 1);
    }
  }

  /**
   * A package is often there before the first cluster is. (On a host that has one in a usual place
   * this shows less.)
   */
  @Test
  void shouldStayUpWhereThereIsNoServerYet() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      Path later = fixture.root().resolve("later");
      try (AgentProcess agent =
          Launcher.packed()
              .with("PGDATA", later.toString())
              .serve("--state-dir", fixture.root().resolve("state").toString())) {
        await().until(() -> agent.errors().stream().anyMatch(line -> line.contains("later")));
        assertThat(agent.scrape().sum("walwatch_build_info")).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldSayThatALogVanishedAndLoseNothingUntilItIsBack() throws Exception {
    try (AgentFixture fixture = AgentFixture.create();
        AppendingFile writer = AppendingFile.open(fixture.log())) {
      write(writer, PushRecords.begin(1));
      try (AgentProcess agent = fixture.serve()) {
        awaitValue(agent, STARTED, 1);

        Files.delete(fixture.log());
        write(writer, PushRecords.begin(2));

        awaitValue(agent, STARTED, 2);
        awaitValue(agent, FILES, 0);
        awaitMessage(agent, fixture.log() + ": ");

        fixture.append(PushRecords.begin(3));
        write(writer, PushRecords.begin(4));

        awaitValue(agent, STARTED, 4);
        awaitValue(agent, FILES, 1);
        assertThat(agent.scrape().sum("walwatch_source_lost_bytes_total")).isZero();
        awaitMessage(agent, fixture.log() + ": ");
      }
    }
  }

  private static void write(AppendingFile writer, String text) throws IOException {
    byte[] bytes = text.getBytes(US_ASCII);
    writer.write(bytes, 0, bytes.length);
  }

  @Test
  void shouldSayWhoMayNotReadALogAndPickItUpWhenTheyMay() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append(PushRecords.begin(1));
      Files.setPosixFilePermissions(fixture.log(), Set.of());
      try (AgentProcess agent = fixture.serve(Launcher.packed().unprivileged())) {
        awaitValue(agent, FILES, 0);
        awaitMessage(agent, fixture.log() + ": ");
        assertThat(String.join("\n", agent.errors())).contains(System.getProperty("user.name"));

        permit(fixture.log(), "rw-------");

        awaitValue(agent, FILES, 1);
        awaitValue(agent, STARTED, 1);
      }
    }
  }

  @Test
  void shouldPickUpAQueueThatAppears() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append("");
      Path queue = fixture.root().resolve("pg_wal").resolve("archive_status");
      try (AgentProcess agent = fixture.serve("--archive-status", "main=" + queue)) {
        awaitValue(agent, SCAN_SUCCESS, 0);
        awaitMessage(agent, "queue cannot be read: " + queue.getParent());

        Files.createDirectories(queue);
        Files.createFile(queue.resolve("000000010000000000000001.ready"));

        awaitValue(agent, SCAN_SUCCESS, 1);
        awaitValue(agent, "walwatch_archive_ready_files", 1);
      }
    }
  }

  @Test
  void shouldSayHowToLetItIntoADataDirectory() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append("");
      Path data = Files.createDirectory(fixture.root().resolve("pgdata"));
      Files.createDirectories(data.resolve("pg_wal").resolve("archive_status"));
      permit(data, "---------");
      Launcher launcher = Launcher.packed().unprivileged();
      try (AgentProcess agent = fixture.serve(launcher, "--pgdata", "main=" + data)) {
        awaitValue(agent, SCAN_SUCCESS, 0);
        awaitMessage(agent, "queue cannot be read: user");
        assertThat(String.join("\n", agent.errors())).contains(data.toString(), "to mend it");

        permit(data, "rwx------");

        awaitValue(agent, SCAN_SUCCESS, 1);
      } finally {
        permit(data, "rwx------");
      }
    }
  }

  private static void permit(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void awaitValue(AgentProcess agent, String name, double value) {
    await().untilAsserted(() -> assertThat(agent.scrape().sum(name)).isEqualTo(value));
    assertThat(agent.running()).isTrue();
  }

  /** Said by name, said once, and nothing else is complained of. */
  private static void awaitMessage(AgentProcess agent, String name) {
    await()
        .untilAsserted(
            () -> assertThat(complaints(agent)).singleElement().asString().contains(name));
  }

  /** What it says that is more than information. */
  private static List<String> complaints(AgentProcess agent) {
    return agent.errors().stream()
        .filter(line -> line.matches("\\S+Z (WARN|ERROR|FATAL) .*"))
        .toList();
  }
}
