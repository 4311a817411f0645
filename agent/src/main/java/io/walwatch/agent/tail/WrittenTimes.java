/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** When a file was made and last written, as far as it was seen and as far as it was read. */
final class WrittenTimes {
  private long seenModifiedMillis;
  private long readModifiedMillis;
  private long bornMillis;

  /** Of a file whose bytes up to now count as read. */
  WrittenTimes(FileStat stat) {
    seenModifiedMillis = stat.modifiedMillis();
    readModifiedMillis = stat.modifiedMillis();
    bornMillis = stat.bornMillis();
  }

  void seen(FileStat stat) {
    seenModifiedMillis = stat.modifiedMillis();
    bornMillis = stat.bornMillis() == 0 ? bornMillis : stat.bornMillis();
  }

  /** Its bytes are those of another file from now on. */
  void bornWith(FileStat stat) {
    bornMillis = stat.bornMillis();
  }

  /** All that was seen was read. */
  void read() {
    readModifiedMillis = seenModifiedMillis;
  }

  /** What was seen of it could not be looked into: it has changed as long as that is so. */
  void lookAgain() {
    seenModifiedMillis = Long.MIN_VALUE;
  }

  boolean isRead() {
    return seenModifiedMillis == readModifiedMillis;
  }

  /** Whether it is as it was seen last. */
  boolean isSeen(FileStat stat) {
    return stat.modifiedMillis() == seenModifiedMillis;
  }

  /** Whether it is as it was read last. */
  boolean isRead(FileStat stat) {
    return stat.modifiedMillis() == readModifiedMillis;
  }

  /** When it was last written, as far as it was read: what follows it is not older. */
  long modifiedMillis() {
    return readModifiedMillis;
  }

  /** When it was made, 0 where that is not known. */
  long bornMillis() {
    return bornMillis;
  }
}
