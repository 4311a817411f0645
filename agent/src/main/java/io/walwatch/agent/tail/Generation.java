/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One log file from its first byte to its last, under whatever path: what was read of it, and what
 * is still to be read.
 *
 * <p>Its life: opened under a path that matches; read whenever it grows; <em>rotated</em> when its
 * path leads elsewhere, from when on it is read before its successors and closed when its last
 * writer has been silent for long enough. As long as any path leads to it, it stays known, so that
 * it is not taken for a new file, and is opened again if it grows after all.
 */
final class Generation {
  /** Result of {@link #read} when the file lost bytes in place. */
  static final int TRUNCATED = -1;

  private final Fingerprint print;
  private final Feeding feeding;
  private final WrittenTimes times;
  private final KnownSize size;
  private FileKey key;
  private Path path;
  private Path foundAt;
  private @Nullable LogFile file;
  private long activeNanos;
  private boolean rotated;
  private boolean named = true;
  private boolean caughtUp;
  private boolean copy;

  Generation(
      Path path, FileStat stat, Fingerprint print, LogFile file, long startOffset, long nowNanos)
      throws IOException {
    this.path = path;
    this.foundAt = path;
    this.key = stat.key();
    this.print = print;
    this.file = file;
    this.feeding = new Feeding(startOffset);
    this.size = new KnownSize(file.sizeBytes());
    this.times = new WrittenTimes(stat);
    this.activeNanos = nowNanos;
  }

  FileKey key() {
    return key;
  }

  Path path() {
    return path;
  }

  /** What to call it where others had its path as well. */
  String name() {
    return foundAt.toString();
  }

  /** When it was made and last written. */
  WrittenTimes times() {
    return times;
  }

  /** Next byte to be read. */
  long offset() {
    return feeding.offset();
  }

  long lagBytes() {
    return copy ? 0 : Math.max(0, size.bytes() - offset());
  }

  /** What lay unread before the look that showed it truncated: what is there now came after. */
  long lagBeforeBytes() {
    return copy ? 0 : Math.max(0, size.beforeBytes() - offset());
  }

  boolean isOpen() {
    return file != null;
  }

  /** Its descriptor, to be read and not to be closed; null while it rests. */
  @Nullable LogFile file() {
    return file;
  }

  /** Goes on at a later byte. Only before anything was read. */
  void skipTo(LogFile open, long offset, ReadBuffer buffer) throws IOException {
    print.rememberTail(open, offset, buffer);
    feeding.startAt(offset);
  }

  /** Whether a path that matches leads to it. */
  boolean isNamed() {
    return named;
  }

  /** Whether its path leads elsewhere, so that it is read before its successors. */
  boolean isRotated() {
    return rotated;
  }

  /** Whether its end was reached once: until then it goes before all that came after it. */
  boolean isCaughtUp() {
    return caughtUp && !rotated;
  }

  /** What it is known by. */
  Fingerprint print() {
    return print;
  }

  /** Whether a file that was let go has something to say again. */
  boolean hasChanged(FileStat stat) {
    return !times.isSeen(stat)
        || (stat.sizeBytes() != offset() && !RotatedNames.isGzip(path.toString()));
  }

  /**
   * Whether it was written since it was seen, and nothing was read: perhaps emptied into a copy as
   * well.
   */
  boolean isFirstWritten(FileStat stat) {
    return offset() == 0 && (stat.sizeBytes() > 0 || !times.isRead(stat));
  }

  /** A path leads to it, the one it had or another. */
  void seenAt(Path where, FileStat stat, long nowNanos) {
    if (!where.equals(path)) {
      activeNanos = nowNanos;
      rotated = true;
      path = where;
      foundAt = where;
    }
    named = true;
    times.seen(stat);
    size.lookAgain();
    if (!RotatedNames.isGzip(where.toString())) {
      size.seen(stat.sizeBytes());
    }
  }

  /** Another look begins: what lies unread now was there before it. */
  void lookAgain() {
    size.lookAgain();
  }

  /** No path that matches leads to it; it was found under another name. */
  void foundAt(Path where, long nowNanos) {
    foundAt = where;
    unnamed(nowNanos);
  }

  /** No path that matches leads to it any more. */
  void unnamed(long nowNanos) {
    if (named) {
      activeNanos = nowNanos;
    }
    named = false;
    rotated = true;
    size.lookAgain();
  }

  /**
   * Reads the next bytes and hands over their lines.
   *
   * @return bytes read, 0 at the end, or {@link #TRUNCATED}
   */
  int read(Tailing tailing, int limitBytes) throws IOException {
    LogFile open = file;
    if (open == null) {
      return 0;
    }
    if (print.isCut(open, offset(), tailing.buffer())) {
      cut(open, tailing);
    }
    long now = open.sizeBytes();
    if (now < offset()
        || (offset() == 0 && !print.isUntouched(open, size.bytes(), tailing.buffer()))) {
      return TRUNCATED;
    }
    int length = now == offset() && times.isRead() ? 0 : readOn(open, tailing, limitBytes);
    if (length == 0) {
      caughtUp = true;
    }
    if (length >= 0) {
      if (now < size.bytes() && open.isSizeCertain()) {
        tailing.events().lost(path.toString(), size.bytes() - now, "the file shrank");
      }
      size.set(Math.max(open.sizeBytes(), offset()));
      times.read();
      growHead(tailing.buffer());
    }
    return length;
  }

  private void cut(LogFile open, Tailing tailing) throws IOException {
    tailing.events().truncated(path.toString());
    long lost = lagBytes() + print.unknownBytes(open, offset(), tailing.buffer());
    if (lost > 0) {
      tailing.events().lost(path.toString(), lost, "the file shrank");
    }
    feeding.finish();
    size.set(open.sizeBytes());
    skipTo(open, size.bytes(), tailing.buffer());
  }

  /** Whether the open file lost bytes in place, so that the next read would find it so. */
  boolean isTruncated(ReadBuffer buffer) throws IOException {
    LogFile open = file;
    return open != null && print.isTruncated(open, offset(), size.bytes(), buffer);
  }

  /** Whether it only holds again what is read elsewhere. */
  boolean isCopy() {
    return copy;
  }

  void setCopy(boolean onlyCopy) {
    copy = onlyCopy;
  }

  private int readOn(LogFile open, Tailing tailing, int limitBytes) throws IOException {
    ReadBuffer buffer = tailing.buffer();
    int known = print.tail().length();
    int length = buffer.fillMoreThan(known, open, offset() - known, known + limitBytes);
    if (!print.tail().matches(buffer.array(), length)) {
      return TRUNCATED;
    }
    if (length > known) {
      // By the time that its lines are fed it may have been emptied.
      print.grow(buffer, length, offset() - known);
      feeding.feed(this, tailing).accept(buffer.array(), known, length);
      print.tail().remember(buffer.array(), length);
      activeNanos = tailing.nowNanos();
    }
    return length - known;
  }

  /** Goes on in a file that holds what was read of this one. */
  void goOnIn(LogFile other, FileStat stat) throws IOException {
    size.set(other.sizeBytes());
    key = stat.key();
    times.bornWith(stat);
    file = other;
    print.moveTo(key);
  }

  /** Gives the descriptor to the caller. */
  LogFile release() {
    LogFile open = Objects.requireNonNull(file, "only an open file can be seen to lose bytes");
    file = null;
    return open;
  }

  /** How long nothing came, or nothing has been known of it. */
  long idleNanos(long nowNanos) {
    return nowNanos - activeNanos;
  }

  /** Whether nothing more is expected of it, and nothing of it is left unread and uncounted. */
  boolean isFinished() {
    return feeding.isFinished() || (!feeding.isBegun() && lagBytes() == 0);
  }

  /** What becomes of its bytes. */
  Feeding feeding() {
    return feeding;
  }

  /** Lets the descriptor go. */
  void close() throws IOException {
    if (isOpen()) {
      release().close();
    }
  }

  FilePosition position(ReadBuffer buffer) {
    growHead(buffer);
    long committed = feeding.committedOffset();
    return new FilePosition(
        path.toString(),
        print.identity(),
        committed,
        Math.max(size.bytes(), committed),
        times.modifiedMillis(),
        times.bornMillis());
  }

  /** Knows its first bytes, by which it is seen when it was emptied before it was read. */
  void growHead(ReadBuffer buffer) {
    if (file != null) {
      print.grow(file, buffer);
    }
  }
}
