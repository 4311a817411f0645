/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.LastWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How files ended when they were last written to. */
public final class LastWrites {
  private static final int MAX_BYTES = 8 * 1024;

  private LastWrites() {}

  /**
   * The end of one file, or null: it is none, is packed, cannot be read, or its last line is too
   * long to tell where it begins.
   */
  public static @Nullable LastWrite of(String name) {
    try {
      Path file = Path.of(name);
      return name.endsWith(".gz") || !Files.isRegularFile(file) ? null : read(file);
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  /** The time after the text: what comes in between is a moment younger. */
  private static @Nullable LastWrite read(Path file) throws IOException {
    String end = end(file);
    int length = end.endsWith("\n") ? end.length() - 1 : end.length();
    int lineEnd = end.lastIndexOf('\n', length - 1);
    if (lineEnd < 0 && end.length() == MAX_BYTES) {
      return null;
    }
    return new LastWrite(
        Files.getLastModifiedTime(file).toInstant(), end.substring(lineEnd + 1, length));
  }

  private static String end(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
      long at = Math.max(0, channel.size() - MAX_BYTES);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer, at + buffer.position());
      }
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
  }
}
