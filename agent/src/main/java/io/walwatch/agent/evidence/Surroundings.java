/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads back from a log what stands around a record: nothing is buffered for it while reading. */
final class Surroundings {
  private static final int BEFORE_BYTES = 64 * 1024;

  /** Names that the file may have after its rotation. */
  private static final int MOST_NAMES = 20;

  private Surroundings() {}

  /** Whole lines before a record, the record, and some lines after it. */
  static String read(Place place) {
    Path file = place.file();
    for (Path candidate : Stream.concat(Stream.of(file), renamed(file).stream()).toList()) {
      Optional<String> text = read(candidate, place);
      if (text.isPresent()) {
        return text.get();
      }
    }
    return "("
        + file
        + " was rotated, truncated or compressed since: what stood around this is gone)\n"
        + place.probe().text()
        + "\n";
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

  private static Optional<String> read(Path file, Place place) {
    long offsetBytes = place.offsetBytes();
    long fromBytes = Math.max(0, Math.max(place.fromBytes(), offsetBytes - BEFORE_BYTES));
    // With the end of the line before, which tells whether the first one is whole.
    long start = Math.max(0, fromBytes - 1);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() <= offsetBytes || !place.probe().isIn(channel)) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) (offsetBytes - start) + place.afterBytes());
      int length = readFully(channel, bytes, start);
      String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
      return Optional.of(wholeLines(text, start < fromBytes, bytes.hasRemaining()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static int readFully(FileChannel channel, ByteBuffer into, long offsetBytes) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, offsetBytes + into.position()) < 0) {
        break;
      }
    }
    return into.position();
  }

  /** Of a single line that is longer than all that is read: without its first word, at least. */
  private static String wholeLines(String text, boolean cutBefore, boolean atEnd) {
    int first = cutBefore ? text.indexOf('\n') + 1 : 0;
    int last = atEnd ? text.length() : text.lastIndexOf('\n') + 1;
    if (first < last) {
      return text.substring(first, last);
    }
    return cutBefore ? Words.withoutFirst(text) : text;
  }
}
