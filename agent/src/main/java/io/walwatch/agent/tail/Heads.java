/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.util.zip.CRC32C;

/** Recognises files by their first bytes, since inode numbers are used again. */
final class Heads {
  /** Enough for the times and process ids of the first lines of any log. */
  private static final int MAX_BYTES = 256;

  private Heads() {}

  /** The identity of a file as it is now. */
  static FileIdentity identify(FileKey key, LogFile file, ReadBuffer buffer) throws IOException {
    int length = buffer.fill(file, 0, MAX_BYTES);
    return new FileIdentity(key.device(), key.inode(), length, crc(buffer, length));
  }

  /** Whether the identity could say more, now that the file has {@code sizeBytes}. */
  static boolean canGrow(FileIdentity identity, long sizeBytes) {
    return identity.headLengthBytes() < Math.min(sizeBytes, MAX_BYTES);
  }

  /** Whether the file begins with the bytes that the identity knows. */
  static boolean matches(FileIdentity identity, LogFile file, ReadBuffer buffer)
      throws IOException {
    int length = identity.headLengthBytes();
    return length <= MAX_BYTES
        && buffer.fill(file, 0, length) == length
        && crc(buffer, length) == identity.headCrc();
  }

  private static int crc(ReadBuffer buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), 0, length);
    return (int) crc.getValue();
  }
}
