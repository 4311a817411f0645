/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL log in stderr format with the default prefix, of any size, the same each time. */
public final class GeneratedLog {
  private static final long SEED = 20_261_122;
  private static final int MESSAGES_BETWEEN_PUSHES = 10_000;
  private static final int PUSHES_BETWEEN_FAILURES = 20;
  private static final int BUFFER_BYTES = 1 << 20;

  private final LogMix mix = new LogMix(SEED);
  private final OutputStream out;
  private long bytes;
  private long lines;
  private long completed;
  private long failures;

  private GeneratedLog(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one.
   *
   * @param wantedBytes how large it is at least
   * @return what stands in it: the truth to compare with
   */
  public static LogCounts write(Path path, long wantedBytes) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES)) {
      GeneratedLog log = new GeneratedLog(out);
      log.writeUntil(wantedBytes);
      return new LogCounts(
          log.bytes, log.lines, log.completed + log.failures, log.completed, log.failures);
    }
  }

  private void writeUntil(long wantedBytes) throws IOException {
    for (long messages = 1; bytes < wantedBytes; messages++) {
      put(mix.backendMessage());
      if (messages % MESSAGES_BETWEEN_PUSHES == 0) {
        archive();
      }
    }
  }

  private void archive() throws IOException {
    if (completed % PUSHES_BETWEEN_FAILURES == PUSHES_BETWEEN_FAILURES - 1) {
      put(mix.failure());
      failures++;
    }
    put(mix.push());
    completed++;
  }

  private void put(String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
    bytes += text.length();
    lines += text.chars().filter(character -> character == '\n').count();
  }
}
