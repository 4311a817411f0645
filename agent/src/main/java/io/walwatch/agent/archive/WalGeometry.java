/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.OptionalLong;

/**
 * WAL arithmetic for one segment size. A position (LSN) is a byte offset from the start of WAL; the
 * name of a segment holds it in two parts, and a log of 4 GB has as many segments as fit.
 *
 * @param segmentSizeBytes a power of two from 1 MB to 1 GB
 */
public record WalGeometry(long segmentSizeBytes) {
  public static final long MIN_SEGMENT_BYTES = 1L << 20;
  public static final long MAX_SEGMENT_BYTES = 1L << 30;

  /** What initdb chooses unless told otherwise, and all there was up to version 10. */
  public static final WalGeometry DEFAULT = new WalGeometry(1L << 24);

  private static final long LOG_BYTES = 1L << 32;

  public WalGeometry {
    if (!isSegmentSize(segmentSizeBytes)) {
      throw new IllegalArgumentException("not a WAL segment size: " + segmentSizeBytes);
    }
  }

  /** Whether PostgreSQL can have segments of this size. */
  public static boolean isSegmentSize(long bytes) {
    return bytes >= MIN_SEGMENT_BYTES && bytes <= MAX_SEGMENT_BYTES && Long.bitCount(bytes) == 1;
  }

  /** Segments per 4 GB log: 0x100 for 16 MB. */
  public long segmentsPerLog() {
    return LOG_BYTES / segmentSizeBytes;
  }

  /** First position of a numbered segment. */
  public long startOf(long number) {
    return number * segmentSizeBytes;
  }

  /** First position after a numbered segment. */
  public long endOf(long number) {
    return (number + 1) * segmentSizeBytes;
  }

  /** Number of the segment that holds a position. */
  public long numberAt(long positionBytes) {
    return Long.divideUnsigned(positionBytes, segmentSizeBytes);
  }

  /**
   * End of a segment given by its name (the first 24 characters count), or empty when the name does
   * not fit this segment size.
   */
  public OptionalLong endOf(String name) {
    long key = SegmentKey.parse(name);
    return key == SegmentKey.NONE || !isValid(key)
        ? OptionalLong.empty()
        : OptionalLong.of(endOf(SegmentKey.number(key, this)));
  }

  boolean isValid(long key) {
    return (key & 0xFFF) < segmentsPerLog();
  }

  long number(long log, long segment) {
    return log * segmentsPerLog() + segment;
  }
}
