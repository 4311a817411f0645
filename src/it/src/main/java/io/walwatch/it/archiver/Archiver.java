/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.archiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * An archiver in a directory of its own: a POSIX shell script that stores segments, fails on
 * request and keeps a journal. What it does is written at the top of {@code wal-e.sh}.
 */
public final class Archiver {
  private final Path directory;

  private Archiver(Path directory) {
    this.directory = directory;
  }

  /** Puts the script into a directory; it stores and succeeds until told otherwise. */
  public static Archiver in(Path directory) throws IOException {
    Files.createDirectories(directory);
    Archiver archiver = new Archiver(directory);
    try (InputStream script = Archiver.class.getResourceAsStream("wal-e.sh")) {
      Files.copy(
          Objects.requireNonNull(script),
          directory.resolve("wal-e"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(directory.resolve("journal"), "");
    archiver.setMode("ok");
    return archiver;
  }

  /**
   * The archive_command. It is {@code exec}, so that a signal which ends the script reaches
   * PostgreSQL as a signal; a shell in between would report it as an exit code.
   */
  public String command() {
    return "exec sh \"" + directory.resolve("wal-e") + "\" wal-push \"%p\"";
  }

  /** Where the segments go. */
  public Path store() {
    return directory.resolve("store").resolve("wal_005");
  }

  /** Tells the archiver what to do from its next run on; the modes stand in the script. */
  public void setMode(String mode) {
    try {
      Path next = Files.writeString(directory.resolve("mode.next"), mode + "\n");
      Files.move(next, directory.resolve("mode"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it did so far. */
  public Journal journal() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("journal"), UTF_8);
      return new Journal(lines.stream().map(JournalEntry::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
