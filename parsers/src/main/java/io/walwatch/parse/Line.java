/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * One line of a stream, without its line end. A flyweight: valid only during the call that hands it
 * over.
 */
public final class Line {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final ByteSlice text = new ByteSlice();
  private long offsetBytes;
  private boolean cut;
  private boolean oddQuotesLost;

  /**
   * Points this line at bytes of a buffer.
   *
   * @param offsetBytes where the line's first byte lies in its stream
   * @param cut whether the line was longer than the limit, so that its end is missing here
   */
  public Line wrap(byte[] array, int start, int length, long offsetBytes, boolean cut) {
    text.wrap(array, start, length);
    this.offsetBytes = offsetBytes;
    this.cut = cut;
    this.oddQuotesLost = false;
    return this;
  }

  /** Leaves out the mark with which an editor says at the start of a file that it is UTF-8. */
  Line withoutMark() {
    if (text.startsWith(BYTE_ORDER_MARK)) {
      int length = BYTE_ORDER_MARK.length;
      text.wrap(text.array(), text.start() + length, text.length() - length);
    }
    return this;
  }

  /**
   * Says of a line that was cut whether an odd number of quotes was in what is missing. csvlog
   * needs that to know which lines that follow are inside of a quoted field.
   */
  public Line withOddQuotesLost(boolean odd) {
    oddQuotesLost = odd;
    return this;
  }

  /** Whether the part that is missing held an odd number of quotes. */
  public boolean isOddQuotesLost() {
    return oddQuotesLost;
  }

  /** The bytes without the line end; a carriage return before it stays. */
  public ByteSlice text() {
    return text;
  }

  /** Where its first byte lies in the stream. */
  public long offsetBytes() {
    return offsetBytes;
  }

  /** Whether it was longer than the limit, so that its end is missing. */
  public boolean isCut() {
    return cut;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
