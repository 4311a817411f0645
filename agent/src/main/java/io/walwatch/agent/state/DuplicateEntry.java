/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often one text has come by each way; the ways are numbered. Small, since there may be many: a
 * checkpoint holds one in 32 characters where there are two ways.
 */
final class DuplicateEntry {
  private final long atMillis;
  private int[] occurrences = {};

  DuplicateEntry(long atMillis) {
    this.atMillis = atMillis;
  }

  long atMillis() {
    return atMillis;
  }

  /** Occurrences by that way. */
  int of(int way) {
    return way < occurrences.length ? occurrences[way] : 0;
  }

  /** The most occurrences by any way. */
  int most() {
    return Arrays.stream(occurrences).max().orElse(0);
  }

  /** Whether this occurrence by a way has been seen by another. */
  boolean add(int way) {
    int nth = of(way) + 1;
    set(way, nth);
    for (int other = 0; other < occurrences.length; other++) {
      if (other != way && occurrences[other] >= nth) {
        return true;
      }
    }
    return false;
  }

  /** A way that has no number any more is left out. */
  void set(int way, int count) {
    if (way >= occurrences.length) {
      occurrences = Arrays.copyOf(occurrences, way + 1);
    }
    if (way >= 0) {
      occurrences[way] = count;
    }
  }

  /** The way has no number any more; those after it move up. */
  void leave(int way) {
    if (way < occurrences.length) {
      int[] fewer = Arrays.copyOf(occurrences, occurrences.length - 1);
      System.arraycopy(occurrences, way + 1, fewer, way, fewer.length - way);
      occurrences = fewer;
    }
  }

  /** Whether it has come equally often by every way: nothing is open then. */
  boolean isEven(int ways) {
    int most = most();
    for (int way = 0; way < ways; way++) {
      if (of(way) < most) {
        return false;
      }
    }
    return true;
  }

  /** All entries, by hash of the text, in a form for the checkpoint. */
  static String pack(Map<Long, DuplicateEntry> entries, int ways) {
    ByteBuffer bytes = ByteBuffer.allocate(entries.size() * bytes(ways));
    entries.forEach(
        (hash, entry) -> {
          bytes.putLong(hash).putLong(entry.atMillis);
          for (int way = 0; way < ways; way++) {
            bytes.putInt(entry.of(way));
          }
        });
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * What {@link #pack} has made; nothing where it has made something else.
   *
   * @param ways the number that each way of then has now, less than 0 where it has none
   */
  static Map<Long, DuplicateEntry> unpack(String packed, List<Integer> ways) {
    Map<Long, DuplicateEntry> entries = new LinkedHashMap<>();
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed));
    } catch (IllegalArgumentException e) {
      return entries;
    }
    while (bytes.remaining() >= bytes(ways.size())) {
      long hash = bytes.getLong();
      DuplicateEntry entry = new DuplicateEntry(bytes.getLong());
      for (int way : ways) {
        entry.set(way, bytes.getInt());
      }
      entries.put(hash, entry);
    }
    return entries;
  }

  private static int bytes(int ways) {
    return 2 * Long.BYTES + ways * Integer.BYTES;
  }
}
