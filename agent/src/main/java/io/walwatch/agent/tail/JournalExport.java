/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the journal's export format (systemd, "Journal Export Formats"): entries of fields {@code
 * NAME=value}, or, for values that hold line ends, the name alone, eight bytes of length and the
 * value; an empty line ends an entry. Wherever the reads end.
 */
final class JournalExport {
  /** A field longer than this is cut: a message is a line, and lines have a limit. */
  private static final int MAX_FIELD_BYTES = 1 << 20;

  private static final int LENGTH_BYTES = 8;

  /** One entry. */
  record Entry(Map<String, byte[]> fields) {
    /** The field's text, or an empty one. */
    String text(String name) {
      return new String(fields.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    byte[] bytes(String name) {
      return fields.getOrDefault(name, new byte[0]);
    }

    String cursor() {
      return text("__CURSOR");
    }

    /** When the journal took it in; the epoch if it does not say. */
    Instant at() {
      try {
        long micros = Long.parseLong(text("__REALTIME_TIMESTAMP"));
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
      } catch (NumberFormatException e) {
        return Instant.EPOCH;
      }
    }
  }

  private enum State {
    LINE,
    LENGTH,
    VALUE,
    VALUE_END
  }

  private final Consumer<Entry> consumer;
  private Map<String, byte[]> fields = new HashMap<>();
  private byte[] buffer = new byte[1024];
  private int length;
  private State state = State.LINE;
  private String name = "";
  private long remaining;
  private int lengthBytes;

  JournalExport(Consumer<Entry> consumer) {
    this.consumer = consumer;
  }

  void accept(byte[] bytes) {
    for (byte b : bytes) {
      switch (state) {
        case LINE -> line(b);
        case LENGTH -> length(b);
        case VALUE -> value(b);
        case VALUE_END -> state = State.LINE;
      }
    }
  }

  private void line(byte b) {
    if (b != '\n') {
      keep(b);
      return;
    }
    if (length == 0) {
      consumer.accept(new Entry(fields));
      fields = new HashMap<>();
      return;
    }
    int equals = 0;
    while (equals < length && buffer[equals] != '=') {
      equals++;
    }
    name = new String(buffer, 0, equals, StandardCharsets.UTF_8);
    if (equals < length) {
      fields.put(name, Arrays.copyOfRange(buffer, equals + 1, length));
    } else {
      state = State.LENGTH;
      remaining = 0;
      lengthBytes = 0;
    }
    length = 0;
  }

  private void length(byte b) {
    remaining |= (b & 0xFFL) << (8 * lengthBytes++);
    if (lengthBytes == LENGTH_BYTES) {
      state = State.VALUE;
      endValue();
    }
  }

  private void value(byte b) {
    keep(b);
    remaining--;
    endValue();
  }

  private void endValue() {
    if (remaining <= 0) {
      fields.put(name, Arrays.copyOf(buffer, length));
      length = 0;
      state = State.VALUE_END;
    }
  }

  private void keep(byte b) {
    if (length < MAX_FIELD_BYTES) {
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
      buffer[length++] = b;
    }
  }
}
