/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, end to end: real PostgreSQL, real files, the packed agent as a process. */
class EmbeddedArchivingIT {
  /** PostgreSQL's own prefix, and Debian's, after which an archiver's line has no user. */
  @ParameterizedTest
  @ValueSource(strings = {"%m [%p] ", "%m [%p] %q%u@%d "})
  void shouldAgreeWithTheArchiversOwnJournal(String logLinePrefix) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      ServerOptions options =
          ServerOptions.archivingWith(archiver.command()).with("log_line_prefix", logLinePrefix);
      try (EmbeddedServer server = EmbeddedServer.start(tree.root().resolve("data"), options)) {
        new ArchivingScenario(server, archiver).play(tree.root().resolve("state"));
      }
    }
  }
}
