/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Remembers the beginning of the last line of a file: by it the file is known again, wherever it
 * was moved meanwhile, and another one in its place is not taken for it.
 */
public final class FileTrail implements Trail {
  private static final int PROBE_BYTES = 256;

  private final Path file;
  private final byte[] last = new byte[PROBE_BYTES];
  private int lastLength;
  private long lastOffsetBytes;

  public FileTrail(Path file) {
    this.file = file;
  }

  @Override
  public void line(Line line) {
    ByteSlice text = line.text();
    lastLength = Math.min(text.length(), PROBE_BYTES);
    lastOffsetBytes = line.offsetBytes();
    System.arraycopy(text.array(), text.start(), last, 0, lastLength);
  }

  @Override
  public Supplier<String> around(long fromBytes, long offsetBytes) {
    byte[] probe = Arrays.copyOf(last, lastLength);
    long probeOffsetBytes = lastOffsetBytes;
    return () -> Surroundings.read(file, fromBytes, offsetBytes, probe, probeOffsetBytes);
  }
}
