/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.archiver.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The witnesses that other tests trust, tested without walwatch: server, script and journal. */
class EmbeddedServerIT {
  @Test
  void shouldStoreFailAndDieOnRequestAndWriteItDown() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      ServerOptions options = ServerOptions.archivingWith(archiver.command());
      try (EmbeddedServer server = EmbeddedServer.start(tree.root().resolve("data"), options)) {
        assertThat(server.query("show wal_segment_size")).isEqualTo("1MB");
        // -Dembedded-postgres-binaries.version=16.15.0 runs 16.15.
        assertThat(System.getProperty("it.postgres.version"))
            .startsWith(server.query("show server_version"));

        server.switchSegment();
        await().until(() -> archiver.journal().stored() == 1);
        archiver.setMode("exit 2");
        server.switchSegment();
        await().until(() -> archiver.journal().count("exit 2") >= 1);
        archiver.setMode("signal 9");
        await().until(() -> archiver.journal().count("signal 9") == 1);
        archiver.setMode("ok");

        await().until(() -> log(server).contains("was terminated by signal 9"));
        assertThat(log(server))
            .contains("archive command failed with exit code 2")
            .contains("wal_e.worker.upload INFO     MSG: begin archiving a file\n        DETAIL: ");
        JournalEntry first = archiver.journal().entries().get(0);
        assertThat(archiver.store().resolve(first.file() + ".lzo")).hasSize(1024 * 1024);
      }
      assertThat(tree.root().resolve("data")).doesNotExist();
    }
  }

  private static String log(EmbeddedServer server) throws IOException {
    try (Stream<Path> files = Files.list(server.logDirectory())) {
      List<Path> logs = files.toList();
      return Files.readString(logs.get(0));
    }
  }
}
