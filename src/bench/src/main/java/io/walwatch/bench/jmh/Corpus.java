/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.jmh;

import io.walwatch.bench.log.GeneratedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A generated log in memory, cut into lines once, so that only the parsers are measured. */
final class Corpus {
  private final byte[] bytes;
  private final int[] lineEnds;

  private Corpus(byte[] bytes, int[] lineEnds) {
    this.bytes = bytes;
    this.lineEnds = lineEnds;
  }

  static Corpus generate(long size) {
    try {
      Path file = Files.createTempFile("walwatch-jmh", ".log");
      try {
        GeneratedLog.write(file, size);
        return of(Files.readAllBytes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Corpus of(byte[] bytes) {
    int lines = 0;
    int[] ends = new int[bytes.length / 16];
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        ends[lines++] = i;
      }
    }
    return new Corpus(bytes, Arrays.copyOf(ends, lines));
  }

  byte[] bytes() {
    return bytes;
  }

  int lines() {
    return lineEnds.length;
  }

  int start(int line) {
    return line == 0 ? 0 : lineEnds[line - 1] + 1;
  }

  int end(int line) {
    return lineEnds[line];
  }
}
