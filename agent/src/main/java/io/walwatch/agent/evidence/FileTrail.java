/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers the beginning of the last line of a file: by it the file is known again, wherever it
 * was moved meanwhile, and another one in its place is not taken for it.
 */
public final class FileTrail implements Trail {
  /** A traceback follows its record. */
  private static final int AFTER_BYTES = 8 * 1024;

  private final Path file;
  private final byte[] last = new byte[Probe.MOST_BYTES];
  private int lastLength;
  private long lastOffsetBytes;

  public FileTrail(Path file) {
    this.file = file;
  }

  @Override
  public void line(Line line) {
    ByteSlice text = line.text();
    lastLength = Math.min(text.length(), Probe.MOST_BYTES);
    lastOffsetBytes = line.offsetBytes();
    System.arraycopy(text.array(), text.start(), last, 0, lastLength);
  }

  @Override
  public Excerpt around(long fromBytes, long offsetBytes) {
    Probe probe = Probe.of(last, lastLength, lastOffsetBytes);
    return new Excerpt("", List.of(new Place(file, fromBytes, offsetBytes, AFTER_BYTES, probe)));
  }
}
