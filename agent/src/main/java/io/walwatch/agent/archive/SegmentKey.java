/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

/**
 * A WAL segment as one number, whose order is the order of the names: timeline, log and segment
 * number of the name, whatever the segment size. Backlogs of 100,000 files are kept as these
 * numbers and not as strings.
 *
 * <p>Twenty-four hexadecimal digits do not fit into 64 bits. The lowest eight of a real name never
 * exceed 0xFFF (segments of 1 MB, the smallest), and a timeline grows by one with each promotion:
 * 19 bits are left for it. A name beyond either limit is none that PostgreSQL has written.
 */
final class SegmentKey {
  static final int NAME_LENGTH = 24;
  static final long NONE = -1;

  private static final int SEGMENT_BITS = 12;
  private static final int LOG_BITS = 32;
  private static final int TIMELINE_SHIFT = SEGMENT_BITS + LOG_BITS;
  private static final long MAX_TIMELINE = (1L << 19) - 1;
  private static final long MAX_SEGMENT = (1L << SEGMENT_BITS) - 1;
  private static final String DIGITS = "0123456789ABCDEF";

  private SegmentKey() {}

  static long of(long timeline, long log, long segment) {
    if (timeline < 0 || timeline > MAX_TIMELINE || segment > MAX_SEGMENT) {
      return NONE;
    }
    return (timeline << TIMELINE_SHIFT) | (log << SEGMENT_BITS) | segment;
  }

  /** Reads the first 24 characters of a name, or {@link #NONE}. */
  static long parse(String name) {
    if (name.length() < NAME_LENGTH) {
      return NONE;
    }
    long timeline = hex(name, 0);
    long log = hex(name, 8);
    long segment = hex(name, 16);
    return timeline < 0 || log < 0 || segment < 0 ? NONE : of(timeline, log, segment);
  }

  /** The number in eight upper-case hexadecimal digits from {@code from}, or -1. */
  static long hex(String name, int from) {
    long value = 0;
    for (int i = from; i < from + 8; i++) {
      char c = name.charAt(i);
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  static String name(long key) {
    StringBuilder name = new StringBuilder(NAME_LENGTH);
    append(name, timeline(key));
    append(name, log(key));
    append(name, segment(key));
    return name.toString();
  }

  private static void append(StringBuilder name, long value) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      name.append(DIGITS.charAt((int) (value >>> shift) & 0xF));
    }
  }

  static long timeline(long key) {
    return key >>> TIMELINE_SHIFT;
  }

  private static long log(long key) {
    return (key >>> SEGMENT_BITS) & 0xFFFF_FFFFL;
  }

  private static long segment(long key) {
    return key & MAX_SEGMENT;
  }

  /** The smallest key of a timeline. */
  static long firstOf(long timeline) {
    return timeline << TIMELINE_SHIFT;
  }

  /** Number of the segment counted from the start of WAL, for a segment size. */
  static long number(long key, WalGeometry geometry) {
    return geometry.number(log(key), segment(key));
  }

  /** The key of a numbered segment, or {@link #NONE} beyond the last log. */
  static long ofNumber(long timeline, long number, WalGeometry geometry) {
    long perLog = geometry.segmentsPerLog();
    return of(timeline, number / perLog, number % perLog);
  }
}
