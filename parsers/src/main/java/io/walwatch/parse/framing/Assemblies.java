/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.framing.Assembly.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages whose pieces lie between those of others, handed over in the order in which they began:
 * so what was handed over lies before what is still open, and a reader can remember one offset.
 */
final class Assemblies {
  static final String TOO_MANY = "too many messages open at once";

  /** A message of which this many lines of others brought no piece has no more to come. */
  private static final int PATIENCE_LINES = 64;

  private static final int MAX_OPEN = 256;

  /** Of all open messages together: the agent lives in a small memory. */
  static final int MAX_OPEN_BYTES = 2 << 20;

  private static final int MAX_SPARE = 16;

  /** One that has grown is not worth keeping: few messages are so long. */
  private static final int MAX_SPARE_BYTES = 8 * 1024;

  /** In the order in which they began; by index, since an iterator would be garbage. */
  private final List<Assembly> open = new ArrayList<>();

  private final List<Assembly> spare = new ArrayList<>();
  private final Consumer<Assembly> whole;
  private final LongConsumer early;
  private long lineNumber;

  /**
   * @param whole receives messages that are complete
   * @param early told the offset of each message that is handed over before its time, since too
   *     many or too long ones are open
   */
  Assemblies(Consumer<Assembly> whole, LongConsumer early) {
    this.whole = whole;
    this.early = early;
  }

  /** A new line of the stream is looked at. */
  void nextLine() {
    lineNumber++;
    if (open.isEmpty()) {
      return;
    }
    for (int i = 0; i < open.size(); i++) {
      Assembly assembly = open.get(i);
      if (lineNumber - assembly.lastLine() > PATIENCE_LINES) {
        assembly.close();
      }
    }
    release();
    while (open.size() > MAX_OPEN || openBytes() > MAX_OPEN_BYTES) {
      early.accept(open.get(0).offsetBytes());
      open.get(0).close();
      release();
    }
  }

  Assembly begin(Source source, int tag, long pid, long offsetBytes) {
    Assembly assembly = spare.isEmpty() ? new Assembly() : spare.remove(spare.size() - 1);
    assembly.begin(source, tag, pid, offsetBytes);
    assembly.touchedBy(lineNumber);
    open.add(assembly);
    return assembly;
  }

  /** The open message of that process with the fewest lines, the oldest of several; or null. */
  @Nullable Assembly find(Source source, int tag, long pid) {
    Assembly found = null;
    for (int i = 0; i < open.size(); i++) {
      Assembly assembly = open.get(i);
      if (!assembly.isClosed()
          && assembly.is(source, tag, pid)
          && (found == null || assembly.lines() < found.lines())) {
        found = assembly;
      }
    }
    if (found != null) {
      found.touchedBy(lineNumber);
    }
    return found;
  }

  /** The one that began first of those that are open, or null. */
  @Nullable Assembly first() {
    return open.isEmpty() ? null : open.get(0);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Hands over what is complete and behind nothing that is not. */
  void release() {
    while (!open.isEmpty() && open.get(0).isClosed()) {
      Assembly first = open.remove(0);
      whole.accept(first);
      if (spare.size() < MAX_SPARE && first.capacityBytes() <= MAX_SPARE_BYTES) {
        spare.add(first);
      }
    }
  }

  private long openBytes() {
    long bytes = 0;
    for (int i = 0; i < open.size(); i++) {
      bytes += open.get(i).capacityBytes();
    }
    return bytes;
  }

  /** What all messages occupy, open or kept to be used again. */
  long heldBytes() {
    return openBytes() + spare.stream().mapToLong(Assembly::capacityBytes).sum();
  }

  /** Nothing more comes for now: all is handed over. */
  void closeAll() {
    open.forEach(Assembly::close);
    release();
  }

  long pendingOffsetBytes() {
    return open.isEmpty() ? LogParser.NOTHING_PENDING : open.get(0).offsetBytes();
  }
}
