/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.archiver.Archiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same beside PostgreSQL in a container, for versions that exist as an image only. */
@Tag("docker")
class ContainerArchivingIT {
  @Test
  void shouldAgreeWithTheArchiversOwnJournal() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = archiver(tree.root());
      try (ContainerServer server = ContainerServer.create(tree.root(), archiver)) {
        server.start();
        new ArchivingScenario(server, archiver).play(tree.root().resolve("state"));
      }
    }
  }

  @Test
  void shouldAgreeWithTheJournalOverFailureCrashOrphanAndAbsence() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = archiver(tree.root());
      try (ContainerServer server = ContainerServer.create(tree.root(), archiver);
          QueueScenario scenario =
              new QueueScenario(server, archiver, tree.root().resolve("state"))) {
        scenario.play();
      }
    }
  }

  /** The container's user may be another one than ours, and has to get in. */
  private static Archiver archiver(Path root) throws IOException {
    permit(root, "rwxr-xr-x");
    Path directory = root.resolve("archiver");
    Archiver archiver = Archiver.in(directory);
    permit(directory, "rwxrwxrwx");
    permit(directory.resolve("journal"), "rw-rw-rw-");
    return archiver;
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
