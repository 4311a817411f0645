/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file, read once: where a thousand files are rotated at the same time, each
 * is compared with all that are known.
 */
final class Head {
  private final byte[] bytes;
  private int summedBytes = -1;
  private int sum;

  private Head(byte[] bytes) {
    this.bytes = bytes;
  }

  static Head of(LogFile file, ReadBuffer buffer) throws IOException {
    int length = buffer.fill(file, 0, Heads.MAX_BYTES);
    return new Head(Arrays.copyOf(buffer.array(), length));
  }

  /** Whether the file begins with the bytes that the identity knows. */
  boolean matches(FileIdentity identity) {
    int length = identity.headLengthBytes();
    return length >= 0 && length <= bytes.length && crc(length) == identity.headCrc();
  }

  private int crc(int length) {
    if (length != summedBytes) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, length);
      sum = (int) crc.getValue();
      summedBytes = length;
    }
    return sum;
  }
}
