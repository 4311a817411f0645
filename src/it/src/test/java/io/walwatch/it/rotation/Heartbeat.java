/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A log of its own, beside those that are rotated. Who has read a beat of it that was written after
 * something happened has looked at the others as well, or is about to: two beats, one after the
 * other, make sure.
 *
 * <p>A beat is a line, and a record: what walwatch reads without learning from it, it tells once a
 * second only.
 */
final class Heartbeat {
  /** The line of each beat that is one for who counts lines. */
  static final String LINE = "beat";

  private static final String BEAT =
      LINE
          + "\nwal_e.main   WARNING  MSG: beat\n"
          + "        STRUCTURED: time=2026-11-22T09:08:15.527911-00 pid=1\n";

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
    Files.write(path(logs), BEAT.getBytes(US_ASCII), StandardOpenOption.APPEND);
  }
}
