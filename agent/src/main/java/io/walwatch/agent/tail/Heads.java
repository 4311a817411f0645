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

  /** Whether a longer file would be known better. */
  static boolean canGrow(FileIdentity identity) {
    return identity.headLengthBytes() < MAX_BYTES;
  }

  /** The same identity, by all the bytes that the file has by now, if it still is this file. */
  static FileIdentity grow(FileIdentity identity, LogFile file, ReadBuffer buffer)
      throws IOException {
    FileIdentity now = identify(new FileKey(identity.device(), identity.inode()), file, buffer);
    int length = identity.headLengthBytes();
    return now.headLengthBytes() > length && crc(buffer, length) == identity.headCrc()
        ? now
        : identity;
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
