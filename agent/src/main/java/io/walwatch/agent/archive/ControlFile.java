/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What {@code global/pg_control} says (catalog/pg_control.h, versions 9.6 to 18).
 *
 * <p>Its layout differs by version and its length is not written anywhere. The checksum comes last,
 * so the end of the data is where the CRC-32C of everything before it stands. What lies before the
 * checkpoint record has stayed where it is; the segment size is found by the floating-point number
 * that every version writes before it.
 *
 * @param systemIdentifier chosen by initdb, the same on all copies of a cluster
 * @param state what the cluster was doing at the last change
 * @param redoPosition where recovery would start, in bytes
 * @param timeline of the last checkpoint
 * @param segmentSizeBytes size of a WAL segment
 */
record ControlFile(
    long systemIdentifier,
    State state,
    long redoPosition,
    long timeline,
    OptionalLong segmentSizeBytes) {
  /** DBState, in the order of its numbers. */
  enum State {
    STARTUP,
    SHUT_DOWN,
    SHUT_DOWN_IN_RECOVERY,
    SHUTTING_DOWN,
    IN_CRASH_RECOVERY,
    IN_ARCHIVE_RECOVERY,
    IN_PRODUCTION;

    boolean isRecovering() {
      return this == IN_CRASH_RECOVERY || this == IN_ARCHIVE_RECOVERY;
    }
  }

  private static final int VERSION_OFFSET = 8;
  private static final int STATE_OFFSET = 16;
  private static final int CHECKPOINT_OFFSET = 40;

  /** 9.6 and 10 also kept the checkpoint before the last, in front of the copy of the last. */
  private static final Set<Integer> WITH_PREVIOUS_CHECKPOINT = Set.of(960, 1002);

  private static final Set<Integer> KNOWN_VERSIONS =
      Set.of(960, 1002, 1100, 1201, 1300, 1700, 1800);

  private static final int MIN_DATA_BYTES = 128;

  /** All of the data fits into one sector, so that it is written in one piece. */
  private static final int MAX_DATA_BYTES = 512;

  private static final double FLOAT_FORMAT = 1234567.0;

  /** Reads the file's bytes; empty when they are torn, or of a version not known. */
  static Optional<ControlFile> parse(byte[] bytes) {
    return parse(bytes, ByteOrder.nativeOrder());
  }

  static Optional<ControlFile> parse(byte[] bytes, ByteOrder order) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(order);
    int length = dataLength(bytes, data);
    if (length < 0 || !KNOWN_VERSIONS.contains(data.getInt(VERSION_OFFSET))) {
      return Optional.empty();
    }
    int state = data.getInt(STATE_OFFSET);
    if (state < 0 || state >= State.values().length) {
      return Optional.empty();
    }
    boolean hasPrevious = WITH_PREVIOUS_CHECKPOINT.contains(data.getInt(VERSION_OFFSET));
    int checkpoint = CHECKPOINT_OFFSET + (hasPrevious ? Long.BYTES : 0);
    return Optional.of(
        new ControlFile(
            data.getLong(0),
            State.values()[state],
            data.getLong(checkpoint),
            Integer.toUnsignedLong(data.getInt(checkpoint + Long.BYTES)),
            segmentSize(data, length)));
  }

  private static int dataLength(byte[] bytes, ByteBuffer data) {
    CRC32C crc = new CRC32C();
    int end = Math.min(MAX_DATA_BYTES, bytes.length - Integer.BYTES);
    for (int n = 0; n <= end; n += Integer.BYTES) {
      if (n >= MIN_DATA_BYTES && (int) crc.getValue() == data.getInt(n)) {
        return n;
      }
      crc.update(bytes, n, Integer.BYTES);
    }
    return -1;
  }

  /** Four numbers follow the float: block size, relation segment, WAL block, WAL segment. */
  private static OptionalLong segmentSize(ByteBuffer data, int length) {
    int last = length - Double.BYTES - 4 * Integer.BYTES;
    for (int offset = CHECKPOINT_OFFSET; offset <= last; offset += Double.BYTES) {
      long size = data.getInt(offset + Double.BYTES + 3 * Integer.BYTES);
      if (data.getDouble(offset) == FLOAT_FORMAT && WalGeometry.isSegmentSize(size)) {
        return OptionalLong.of(size);
      }
    }
    return OptionalLong.empty();
  }
}
