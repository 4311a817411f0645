/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How far one generation of a log file was read.
 *
 * @param path the path it had when it was read
 * @param identity who the file is, whatever its path
 * @param offsetBytes everything before it is in the counters, nothing behind it is
 * @param sizeBytes how long it was known to be: what lies between is lost if it cannot be found
 * @param modifiedMillis when it was last written, as far as known, since the epoch: generations
 *     that came after it are not older
 * @param bornMillis when it was made, since the epoch, 0 where that is not known: its inode may be
 *     another's by now, which begins with the same bytes
 */
public record FilePosition(
    String path,
    FileIdentity identity,
    long offsetBytes,
    long sizeBytes,
    long modifiedMillis,
    long bornMillis) {
  /** Of a file of which nobody knows when it was made. */
  public FilePosition(
      String path, FileIdentity identity, long offsetBytes, long sizeBytes, long modifiedMillis) {
    this(path, identity, offsetBytes, sizeBytes, modifiedMillis, 0);
  }

  /**
   * Whether a file may be this one. Device numbers change with the boot and inodes with a restored
   * disk, so that both are only asked where the first bytes cannot speak.
   *
   * @param samePlace whether the file is found where this one must be, if it is not the same inode
   */
  boolean mayBe(FileStat stat, boolean samePlace) {
    FileKey key = stat.key();
    if (is(key) && isBornAtAnotherTime(stat.bornMillis())) {
      return false;
    }
    boolean sameInode = identity.inode() == key.inode();
    return isUnread() ? is(key) : sameInode || samePlace;
  }

  private boolean isBornAtAnotherTime(long otherMillis) {
    return bornMillis != 0 && otherMillis != 0 && bornMillis != otherMillis;
  }

  /** Whether both are unread at the same path, and of the same file, as far as its inode tells. */
  boolean isUnreadLike(FilePosition other) {
    return isUnread()
        && other.isUnread()
        && is(other.key())
        && !isBornAtAnotherTime(other.bornMillis)
        && path.equals(other.path);
  }

  /** Whether the file begins as this one did and is not shorter than what was read of it. */
  boolean continuesIn(LogFile file, ReadBuffer buffer) throws IOException {
    return Heads.matches(identity, file, buffer) && reaches(file, buffer);
  }

  /** The same of a file whose first bytes are at hand. */
  boolean continuesIn(LogFile file, Head head, ReadBuffer buffer) throws IOException {
    return head.matches(identity) && reaches(file, buffer);
  }

  /** What a compressed file says of its length may be wrong, its bytes are not. */
  private boolean reaches(LogFile file, ReadBuffer buffer) throws IOException {
    return file.sizeBytes() >= offsetBytes || buffer.fill(file, offsetBytes - 1, 1) == 1;
  }

  FileKey key() {
    return new FileKey(identity.device(), identity.inode());
  }

  /** Whether nothing but its inode is known. */
  boolean isUnread() {
    return identity.headLengthBytes() == 0;
  }

  /** Whether it was seen at this path and nothing of what it held could be read. */
  boolean isUnreadAt(Path where) {
    return isUnread() && offsetBytes == 0 && sizeBytes > 0 && path.equals(where.toString());
  }

  boolean isKnownBetterThan(FilePosition other) {
    return identity.headLengthBytes() > other.identity.headLengthBytes();
  }

  /** Whether it has the same device and inode. */
  boolean is(FileKey key) {
    return identity.device() == key.device() && identity.inode() == key.inode();
  }

  /** The same of a file that ends at the offset, as far as known. */
  FilePosition withoutRest() {
    return new FilePosition(path, identity, offsetBytes, offsetBytes, modifiedMillis, bornMillis);
  }

  /** A file that was seen and could not be read, to be read from this offset on. */
  static FilePosition unread(Path path, FileStat stat, long offsetBytes) {
    FileIdentity identity = new FileIdentity(stat.key().device(), stat.key().inode(), 0, 0);
    return new FilePosition(
        path.toString(),
        identity,
        offsetBytes,
        stat.sizeBytes(),
        stat.modifiedMillis(),
        stat.bornMillis());
  }
}
