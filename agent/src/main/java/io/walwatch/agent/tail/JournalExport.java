/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the journal's export format (systemd, "Journal Export Formats"): entries of fields {@code
 * NAME=value}, or, for values that hold line ends, the name alone, eight bytes of length and the
 * value; an empty line ends an entry. Wherever the reads end.
 */
final class JournalExport {
  /** A message longer than this is cut: it is a line, and lines have a limit. */
  static final int MAX_MESSAGE_BYTES = 1 << 20;

  /** Names, numbers and cursors. */
  private static final int MAX_FIELD_BYTES = 4 * 1024;

  private static final String MESSAGE = "MESSAGE";

  /** An entry may have a thousand fields, each as long as its sender likes: no other is kept. */
  private static final Set<String> USED =
      Set.of(
          MESSAGE,
          "__CURSOR",
          "__REALTIME_TIMESTAMP",
          "SYSLOG_IDENTIFIER",
          "SYSLOG_PID",
          "_PID",
          "_COMM",
          "_HOSTNAME");

  private static final int LENGTH_BYTES = 8;

  private static final int MAX_KEPT_BUFFER_BYTES = 16 * 1024;

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
      put(Arrays.copyOfRange(buffer, equals + 1, length));
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
      put(Arrays.copyOf(buffer, length));
      length = 0;
      state = State.VALUE_END;
    }
  }

  private void put(byte[] value) {
    if (USED.contains(name)) {
      boolean fits = name.equals(MESSAGE) || value.length <= MAX_FIELD_BYTES;
      fields.put(name, fits ? value : Arrays.copyOf(value, MAX_FIELD_BYTES));
    }
    if (buffer.length > MAX_KEPT_BUFFER_BYTES) {
      buffer = new byte[MAX_KEPT_BUFFER_BYTES];
    }
  }

  private void keep(byte b) {
    if (length < MAX_MESSAGE_BYTES) {
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
      buffer[length++] = b;
    }
  }
}
