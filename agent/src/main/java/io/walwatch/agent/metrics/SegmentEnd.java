/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

/** Where a segment ends in the WAL. */
final class SegmentEnd {
  private SegmentEnd() {}

  /**
   * WAL position of the byte behind a segment.
   *
   * @param name 24 hexadecimal digits: timeline, log, segment
   */
  static long positionBytes(String name, long segmentSizeBytes) {
    long log = Long.parseLong(name, 8, 16, 16);
    long segment = Long.parseLong(name, 16, 24, 16);
    return (log << 32) + (segment + 1) * segmentSizeBytes;
  }
}
