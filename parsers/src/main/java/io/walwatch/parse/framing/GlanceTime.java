/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/**
 * A time in a prefix, compared with the last one that was read in full: the same month, the same
 * zone, and marks and digits where they belong. Says no to some that are times, never yes to
 * others.
 */
final class GlanceTime {
  private static final int CLOCK = 10;
  private static final int SECONDS = 16;
  private static final int PLAIN_LENGTH = 19;
  private static final int MILLIS_LENGTH = 23;
  private static final int MAX_ZONE_BYTES = 8;

  /** Blank, colon, colon in {@code " 10:00:0"}. */
  private static final long CLOCK_MARKS = 0x00FF_0000_FF00_00FFL;

  private static final long CLOCK_VALUES = 0x003A_0000_3A00_0020L;

  /** Dot, three digits, blank, behind {@code ":00"}. */
  private static final long DOT_MARKS = 0xFF00_0000_FF00_0000L;

  private static final long DOT_VALUES = 0x2000_0000_2E00_0000L;
  private static final int HIGH_NIBBLES = 0x00F0_F0F0;
  private static final int DIGITS = 0x0030_3030;
  private static final int LOW_NIBBLES = 0x000F_0F0F;
  private static final int CARRY = 0x0006_0606;

  private boolean known;
  private long month;
  private boolean millis;
  private long zone;
  private long zoneMask;
  private int zoneStart;
  private int end;

  /** Remembers a time that was read in full. */
  void learn(ByteSlice time) {
    int zoneAt = time.length() > PLAIN_LENGTH && time.byteAt(PLAIN_LENGTH) == '.' ? 24 : 20;
    int zoneBytes = time.length() - zoneAt;
    known = zoneBytes > 0 && zoneBytes <= MAX_ZONE_BYTES && fits(time, zoneAt);
    if (known) {
      month = Longs.at(time.array(), time.start());
      millis = zoneAt > 20;
      zoneStart = zoneAt;
      zoneMask = Longs.maskOf(zoneBytes);
      zone = Longs.at(time.array(), time.start() + zoneAt) & zoneMask;
      end = zoneAt + zoneBytes;
    }
  }

  private static boolean fits(ByteSlice time, int zoneAt) {
    return time.start() + zoneAt + Long.BYTES <= time.array().length;
  }

  /** Where a time that begins at {@code from} ends, or -1: none, or one to be read in full. */
  int end(byte[] array, int from) {
    if (!known
        || Longs.at(array, from) != month
        || (Longs.at(array, from + CLOCK) & CLOCK_MARKS) != CLOCK_VALUES
        || !(millis ? hasMillis(array, from) : array[from + PLAIN_LENGTH] == ' ')
        || (Longs.at(array, from + zoneStart) & zoneMask) != zone) {
      return -1;
    }
    return isWordEnd(array[from + end]) ? from + end : -1;
  }

  private static boolean hasMillis(byte[] array, int from) {
    long seconds = Longs.at(array, from + SECONDS);
    int digits = (int) (seconds >>> 32);
    return (seconds & DOT_MARKS) == DOT_VALUES
        && (digits & HIGH_NIBBLES) == DIGITS
        && (((digits & LOW_NIBBLES) + CARRY) & HIGH_NIBBLES) == 0;
  }

  /** How many bytes are looked at. */
  static int reach() {
    return MILLIS_LENGTH + 1 + 2 * Long.BYTES;
  }

  private static boolean isWordEnd(byte b) {
    return b >= 0 && (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z');
  }
}
