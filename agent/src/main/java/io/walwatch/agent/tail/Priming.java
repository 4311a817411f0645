/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the end of what was there before us, for those who want to know when something happened
 * last. Nothing of it is counted, and where the stream is read from stays as it is.
 */
final class Priming {
  /** Some thousands of lines: on a host that archives at all, there is an event among them. */
  private static final int FILE_BYTES = 1 << 20;

  /** Of a thousand files only those that were written last can tell anything. */
  private static final int STREAM_BYTES = 4 << 20;

  private final Tailing tailing;

  Priming(Tailing tailing) {
    this.tailing = tailing;
  }

  /** Reads before the offsets of these files, of the newest first. */
  void prime(List<Generation> generations) {
    List<Generation> newest = new ArrayList<>(generations);
    newest.sort(Comparator.comparing((Generation old) -> old.times().modifiedMillis()).reversed());
    long budget = STREAM_BYTES;
    for (Generation generation : newest) {
      LogFile file = generation.file();
      if (file != null && budget > 0 && !RotatedNames.isGzip(generation.path().toString())) {
        long until = generation.offset();
        long from = Math.max(0, until - Math.min(FILE_BYTES, budget));
        if (from < until) {
          prime(generation.path(), file, from, until);
        }
        budget -= until - from;
      }
    }
  }

  private void prime(Path path, LogFile file, long from, long until) {
    LineHandler handler = tailing.primers().open(path.toString());
    LineSplitter splitter =
        new LineSplitter(
            from,
            from > 0,
            tailing.limits().maxLineBytes(),
            handler,
            new LongQueue(),
            lineStart -> {});
    try {
      ReadBuffer buffer = tailing.buffer();
      int length = 1;
      for (long at = from; at < until && length > 0; at += length) {
        length = buffer.fill(file, at, (int) Math.min(until - at, ReadBuffer.SIZE_BYTES));
        splitter.split(buffer.array(), 0, length);
      }
    } catch (IOException ignored) {
      // Reading on tells of it, and tries again.
    }
    handler.end();
  }
}
