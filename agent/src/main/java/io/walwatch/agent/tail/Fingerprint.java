/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;

/** What a file is known by: its inode, its first bytes, and the last that were read of it. */
final class Fingerprint {
  private final Tail tail = new Tail();
  private FileIdentity identity;

  Fingerprint(FileIdentity identity) {
    this.identity = identity;
  }

  FileIdentity identity() {
    return identity;
  }

  Tail tail() {
    return tail;
  }

  /** Whether it would be recognised under another inode. */
  boolean isKnownByHead() {
    return identity.headLengthBytes() > 0;
  }

  /** Whether a file holds what was read of this one up to an offset. */
  boolean isIn(LogFile other, long offset, ReadBuffer buffer) throws IOException {
    return other.sizeBytes() >= offset
        && Heads.matches(identity, other, buffer)
        && isTailIn(other, offset, buffer);
  }

  /**
   * Whether a file that is open lost its end, and what is left of it was read: it begins as it did.
   * Of a file that was opened anew that would say too little: its inode may be another's by now.
   */
  boolean isCut(LogFile open, long offset, ReadBuffer buffer) throws IOException {
    return open.sizeBytes() < offset
        && !Heads.canGrow(identity)
        && Heads.matches(identity, open, buffer);
  }

  /**
   * How much a file that was cut holds that is not known to be what was read of it: what was
   * written behind the cut cannot be told from what was left before it, but for the first and last
   * bytes.
   */
  long unknownBytes(LogFile cut, long offset, ReadBuffer buffer) throws IOException {
    long size = cut.sizeBytes();
    long from = offset - tail.length();
    int wanted = (int) Math.min(tail.length(), Math.max(0, size - from));
    int left = buffer.fill(cut, from, wanted);
    int same = left == 0 ? 0 : tail.sameAs(buffer.array(), left);
    return Math.max(0, size - (same > 0 ? from + same : identity.headLengthBytes()));
  }

  /** Whether a file that is open lost bytes in place, of those that were read or known of. */
  boolean isTruncated(LogFile open, long offset, long knownSizeBytes, ReadBuffer buffer)
      throws IOException {
    if (isCut(open, offset, buffer)) {
      return false;
    }
    return open.sizeBytes() < offset
        || (offset == 0 && !isUntouched(open, knownSizeBytes, buffer))
        || !isTailIn(open, offset, buffer);
  }

  /** Where nothing was read there is no tail that could give a truncation away. */
  boolean isUntouched(LogFile open, long knownSizeBytes, ReadBuffer buffer) throws IOException {
    boolean shrank = open.isSizeCertain() && open.sizeBytes() < knownSizeBytes;
    return !shrank && Heads.matches(identity, open, buffer);
  }

  /** Reads the bytes before the offset, against which the next read will be checked. */
  void rememberTail(LogFile open, long offset, ReadBuffer buffer) throws IOException {
    int wanted = (int) Math.min(offset, Tail.MAX_BYTES);
    int length = buffer.fill(open, offset - wanted, wanted);
    tail.remember(buffer.array(), length);
  }

  /** Knows more of a file that has more by now. */
  void grow(LogFile open, ReadBuffer buffer) {
    if (Heads.canGrow(identity)) {
      try {
        identity = Heads.grow(identity, open, buffer);
      } catch (IOException ignored) {
        // The shorter head is true as well, and the next read tells of the failure.
      }
    }
  }

  /** Knows more of a file of which the buffer holds some bytes, if they are the first. */
  void grow(ReadBuffer buffer, int length, long offsetBytes) {
    if (offsetBytes == 0 && Heads.canGrow(identity)) {
      identity = Heads.grow(identity, buffer, length);
    }
  }

  /** The same bytes have another inode. */
  void moveTo(FileKey key) {
    identity =
        new FileIdentity(key.device(), key.inode(), identity.headLengthBytes(), identity.headCrc());
  }

  private boolean isTailIn(LogFile file, long offset, ReadBuffer buffer) throws IOException {
    int length = buffer.fill(file, offset - tail.length(), tail.length());
    return tail.matches(buffer.array(), length);
  }
}
