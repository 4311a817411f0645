/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads {@code pg_control} while PostgreSQL may be writing it. It is written in place, so a reader
 * can see half of two versions; the checksum tells, and the file is read again.
 */
final class ControlFileReader {
  /** The write is one call of a few microseconds: a second read meets it seldom, a third hardly. */
  static final int READS = 3;

  /** Where the bytes come from. */
  interface Bytes {
    byte[] read() throws IOException;
  }

  private ControlFileReader() {}

  /** What it says; empty where it cannot be read, stays torn, or has a layout not known. */
  static Optional<ControlFile> read(Bytes file) {
    Optional<ControlFile> read = Optional.empty();
    try {
      for (int i = 0; i < READS && read.isEmpty(); i++) {
        read = ControlFile.parse(file.read());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return read;
  }
}
