/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Recognises files by their first bytes, since inode numbers are used again. */
final class Heads {
  /** Enough for the times and process ids of the first lines of any log. */
  static final int MAX_BYTES = 256;

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

  /** The same identity, by the first bytes of the file, so many of which stand in the buffer. */
  static FileIdentity grow(FileIdentity identity, ReadBuffer buffer, int length) {
    int known = Math.min(length, MAX_BYTES);
    return known > identity.headLengthBytes()
        ? new FileIdentity(identity.device(), identity.inode(), known, crc(buffer, known))
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

  /**
   * Whether a file holds something, and nothing that another does not begin with, as far as its
   * first and its last 64 KiB tell: a copy of gigabytes is asked for again and again while it is
   * made, and lines carry their times.
   */
  static boolean isPrefix(LogFile file, LogFile other) throws IOException {
    long size = file.sizeBytes();
    return size > 0
        && isSame(file, other, 0)
        && (size <= COMPARED_BYTES || isSame(file, other, size - COMPARED_BYTES));
  }

  /** Whether all that a file holds from here on, up to a block, stands in the other as well. */
  private static boolean isSame(LogFile file, LogFile other, long offset) throws IOException {
    ByteBuffer mine = block(file, offset, COMPARED_BYTES);
    return mine.equals(block(other, offset, mine.remaining()));
  }

  private static ByteBuffer block(LogFile file, long offset, int length) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(length);
    while (block.hasRemaining() && file.read(block, offset + block.position()) > 0) {
      // Reads may end early.
    }
    return block.flip();
  }

  private static int crc(ReadBuffer buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.array(), 0, length);
    return (int) crc.getValue();
  }
}
