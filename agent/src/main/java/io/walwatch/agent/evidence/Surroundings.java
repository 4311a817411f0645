/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads back from a log what stands around a record: nothing is buffered for it while reading. */
final class Surroundings {
  private static final int BEFORE_BYTES = 64 * 1024;

  /** A traceback follows its record. */
  private static final int AFTER_BYTES = 8 * 1024;

  /** Names that the file may have after its rotation. */
  private static final int MOST_NAMES = 20;

  private Surroundings() {}

  /**
   * Whole lines before a record, the record, and some lines after it.
   *
   * @param file how it was called; after a rotation it is looked for beside that
   * @param fromBytes not before this offset
   * @param offsetBytes first byte of the record
   * @param probe what stands at another offset: where it does not, it is another file
   */
  static String read(
      Path file, long fromBytes, long offsetBytes, byte[] probe, long probeOffsetBytes) {
    for (Path candidate : Stream.concat(Stream.of(file), renamed(file).stream()).toList()) {
      Optional<String> text =
          read(candidate, fromBytes, offsetBytes, new Probe(probe, probeOffsetBytes));
      if (text.isPresent()) {
        return text.get();
      }
    }
    return "("
        + file
        + " was rotated, truncated or compressed since: what stood around this is gone)\n"
        + new String(probe, StandardCharsets.UTF_8)
        + "\n";
  }

  private static final class Probe {
    private final byte[] bytes;
    private final long offsetBytes;

    Probe(byte[] bytes, long offsetBytes) {
      this.bytes = bytes;
      this.offsetBytes = offsetBytes;
    }

    boolean isIn(FileChannel channel) throws IOException {
      byte[] found = new byte[bytes.length];
      return readFully(channel, ByteBuffer.wrap(found), offsetBytes) == found.length
          && Arrays.equals(found, bytes);
    }
  }

  private static List<Path> renamed(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    Path name = file.getFileName();
    if (directory == null || name == null) {
      return List.of();
    }
    try {
      return DirectoryEntries.list(directory).stream()
          .filter(entry -> entry.getFileName().toString().startsWith(name + "."))
          .filter(entry -> !entry.toString().endsWith(".gz"))
          .limit(MOST_NAMES)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<String> read(Path file, long fromBytes, long offsetBytes, Probe probe) {
    long start = Math.max(0, Math.max(fromBytes, offsetBytes - BEFORE_BYTES));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() <= offsetBytes || !probe.isIn(channel)) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) (offsetBytes - start) + AFTER_BYTES);
      int length = readFully(channel, bytes, start);
      String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
      return Optional.of(wholeLines(text, start > fromBytes, bytes.hasRemaining()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int readFully(FileChannel channel, ByteBuffer into, long offsetBytes)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, offsetBytes + into.position()) < 0) {
        break;
      }
    }
    return into.position();
  }

  private static String wholeLines(String text, boolean cutBefore, boolean atEnd) {
    int first = cutBefore ? text.indexOf('\n') + 1 : 0;
    int last = atEnd ? text.length() : text.lastIndexOf('\n') + 1;
    return first < last ? text.substring(first, last) : text;
  }
}
