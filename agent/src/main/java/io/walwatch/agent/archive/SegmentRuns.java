/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongConsumer;

/**
 * Whole segments as one text, for a checkpoint. Names that follow each other within one log are a
 * run, and a run takes two numbers: how far its first key lies above the end of the run before, and
 * how many more there are. Each number is written seven bits to a byte, all together in base64.
 * However a hundred thousand names are scattered, they take a few characters each, and no object.
 *
 * @param text empty for none; may be any text, as far as it says something it is used
 */
public record SegmentRuns(String text) {
  /** No segments. */
  public static final SegmentRuns NONE = new SegmentRuns("");

  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  static SegmentRuns of(SegmentTable table) {
    Builder runs = new Builder();
    int i = table.ceiling(0);
    while (i < table.size()) {
      long first = table.keyAt(i);
      int count = 1;
      while (i + count < table.size() && table.keyAt(i + count) == first + count) {
        count++;
      }
      runs.add(first, count);
      i += count;
    }
    return runs.build();
  }

  void forEachKey(LongConsumer consumer) {
    byte[] bytes = decode();
    long next = 0;
    long number = 0;
    int shift = 0;
    boolean isGap = true;
    for (byte b : bytes) {
      number |= (long) (b & (MORE - 1)) << shift;
      shift += BITS;
      if ((b & MORE) != 0) {
        continue;
      }
      if (isGap) {
        next += number;
      } else {
        for (long i = 0; i <= number; i++) {
          consumer.accept(next + i);
        }
        next += number + 1;
      }
      isGap = !isGap;
      number = 0;
      shift = 0;
    }
  }

  private byte[] decode() {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notOurs) {
      return new byte[0];
    }
  }

  /** Puts runs together. */
  public static final class Builder {
    private byte[] bytes = new byte[64];
    private int size;
    private long next;

    /**
     * Adds segments whose names follow each other within one log.
     *
     * @param firstName of the first, above all that were added before; what is no name is left out
     * @param count how many
     */
    public Builder add(String firstName, long count) {
      long first = SegmentKey.parse(firstName);
      if (first >= next && count > 0) {
        add(first, count);
      }
      return this;
    }

    private void add(long first, long count) {
      write(first - next);
      write(count - 1);
      next = first + count;
    }

    private void write(long number) {
      long left = number;
      while (left >= MORE) {
        write((byte) (left | MORE));
        left >>>= BITS;
      }
      write((byte) left);
    }

    private void write(byte value) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      bytes[size++] = value;
    }

    /** All that were added. */
    public SegmentRuns build() {
      return new SegmentRuns(
          Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, size)));
    }
  }
}
