/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A log of its own, beside those that are rotated. Who has read a line of it that was written after
 * something happened has looked at the others as well, or is about to: two lines, one after the
 * other, make sure.
 */
final class Heartbeat {
  private Heartbeat() {}

  /** Where it lies, and all else that belongs to it. */
  static Path directory(Path logs) {
    return logs.resolveSibling("beat");
  }

  static Path path(Path logs) {
    return directory(logs).resolve("beat.log");
  }

  static void make(Path logs) throws IOException {
    Files.createDirectory(directory(logs));
    Files.createFile(path(logs));
  }

  static void write(Path logs) throws IOException {
    Files.write(path(logs), "beat\n".getBytes(US_ASCII), StandardOpenOption.APPEND);
  }
}
