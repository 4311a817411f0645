/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads back from a log what stands around a record: nothing is buffered for it while reading. */
public final class Surroundings {
  private static final int BEFORE_BYTES = 64 * 1024;

  /** A traceback follows its record. */
  private static final int AFTER_BYTES = 8 * 1024;

  private Surroundings() {}

  /**
   * Whole lines before a record, the record, and some lines after it.
   *
   * @param fromBytes not before this offset
   * @param offsetBytes first byte of the record
   */
  public static String read(Path file, long fromBytes, long offsetBytes) {
    long start = Math.max(0, Math.max(fromBytes, offsetBytes - BEFORE_BYTES));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() <= offsetBytes) {
        return "(" + file + " has lost this place since: rotated or truncated)\n";
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) (offsetBytes - start) + AFTER_BYTES);
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, start + bytes.position()) < 0) {
          break;
        }
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      return wholeLines(text, start > fromBytes, bytes.hasRemaining());
    } catch (IOException e) {
      return "(" + file + " could not be read again: " + e + ")\n";
    }
  }

  private static String wholeLines(String text, boolean cutBefore, boolean atEnd) {
    int first = cutBefore ? text.indexOf('\n') + 1 : 0;
    int last = atEnd ? text.length() : text.lastIndexOf('\n') + 1;
    return first < last ? text.substring(first, last) : text;
  }
}
