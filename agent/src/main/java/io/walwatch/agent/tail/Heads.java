/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Recognises files by their first bytes, since inode numbers are used again. */
final class Heads {
  /** Enough for the times and process ids of the first lines of any log. */
  private static final int MAX_BYTES = 256;

  private static final int COMPARED_BYTES = 64 * 1024;

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

  /** Whether a file holds something, and nothing that another does not begin with. */
  static boolean isPrefix(LogFile file, LogFile other) throws IOException {
    ByteBuffer mine = ByteBuffer.allocate(COMPARED_BYTES);
    ByteBuffer its = ByteBuffer.allocate(COMPARED_BYTES);
    long offset = 0;
    while (file.read(mine.clear(), offset) > 0) {
      int length = mine.flip().remaining();
      its.clear().limit(length);
      while (its.hasRemaining() && other.read(its, offset + its.position()) > 0) {
        // Reads may end early.
      }
      if (!mine.equals(its.flip())) {
        return false;
      }
      offset += length;
    }
    return offset > 0;
  }

  private static int crc(ReadBuffer buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), 0, length);
    return (int) crc.getValue();
  }
}
