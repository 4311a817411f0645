/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * How long a file is known to be, and was known to be before the last look: what a look shows that
 * finds the file emptied may have come after.
 */
final class KnownSize {
  private long bytes;
  private long beforeBytes;

  KnownSize(long bytes) {
    set(bytes);
  }

  long bytes() {
    return bytes;
  }

  /** As {@link #bytes()}, without what the last look showed. */
  long beforeBytes() {
    return beforeBytes;
  }

  /** What its descriptor says, which sees what is lost. */
  void set(long sizeBytes) {
    bytes = sizeBytes;
    beforeBytes = sizeBytes;
  }

  /** Another look begins: what was seen so far was there before it. */
  void lookAgain() {
    beforeBytes = bytes;
  }

  /** A path shows that length; a smaller one is for the descriptor to tell. */
  void seen(long sizeBytes) {
    bytes = Math.max(bytes, sizeBytes);
  }
}
