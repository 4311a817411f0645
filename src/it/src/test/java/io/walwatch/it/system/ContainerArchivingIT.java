/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.archiver.Archiver;
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
      // The container's user is another one than ours, and has to get in.
      Files.setPosixFilePermissions(tree.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
      Path directory = tree.root().resolve("archiver");
      Archiver archiver = Archiver.in(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.setPosixFilePermissions(
          directory.resolve("journal"), PosixFilePermissions.fromString("rw-rw-rw-"));
      try (ContainerServer server = ContainerServer.start(tree.root(), archiver)) {
        new ArchivingScenario(server, archiver).play(tree.root().resolve("state"));
      }
    }
  }
}
