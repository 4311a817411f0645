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

  private final FileKey key;
  private final Tail tail = new Tail();
  private Path path;
  private FileIdentity identity;
  private @Nullable LogFile file;
  private @Nullable LineFeed feed;
  private long startOffset;
  private long sizeBytes;
  private long modifiedMillis;
  private long activeNanos;
  private boolean rotated;
  private boolean named = true;
  private boolean caughtUp;

  Generation(
      Path path,
      FileStat stat,
      FileIdentity identity,
      LogFile file,
      long startOffset,
      long nowNanos) {
    this.path = path;
    this.key = stat.key();
    this.identity = identity;
    this.file = file;
    this.startOffset = startOffset;
    this.sizeBytes = stat.sizeBytes();
    this.modifiedMillis = stat.modifiedMillis();
    this.activeNanos = nowNanos;
  }

  FileKey key() {
    return key;
  }

  Path path() {
    return path;
  }

  /** Next byte to be read. */
  long offset() {
    return feed == null ? startOffset : feed.offset();
  }

  long lagBytes() {
    return Math.max(0, sizeBytes - offset());
  }

  boolean isOpen() {
    return file != null;
  }

  /** Whether its end was reached once: until then it goes before all that came after it. */
  boolean isCaughtUp() {
    return caughtUp && !rotated;
  }

  /** Whether nothing can come of it any more. */
  boolean isOver() {
    return file == null && !named;
  }

  /** A path leads to it, the one it had or another. */
  void seenAt(Path where, FileStat stat, long nowNanos) {
    if (!where.equals(path)) {
      activeNanos = nowNanos;
      rotated = true;
      path = where;
    }
    named = true;
    modifiedMillis = stat.modifiedMillis();
    // A smaller size is for the open descriptor to tell, which sees what is lost.
    sizeBytes = file == null ? stat.sizeBytes() : Math.max(stat.sizeBytes(), sizeBytes);
  }

  /** No path that matches leads to it any more. */
  void unnamed(long nowNanos) {
    if (named) {
      activeNanos = nowNanos;
    }
    named = false;
    rotated = true;
  }

  /** Whether its path leads elsewhere, so that it is read before its successors. */
  boolean isRotated() {
    return rotated;
  }

  /**
   * Reads the next bytes and hands over their lines.
   *
   * @return bytes read, 0 at the end, or {@link #TRUNCATED}
   */
  int read(ReadBuffer buffer, int limitBytes, long nowNanos, Feeds feeds) throws IOException {
    LogFile open = file;
    if (open == null) {
      return 0;
    }
    long offset = offset();
    long size = open.sizeBytes();
    if (size < offset) {
      return TRUNCATED;
    }
    if (size == offset) {
      caughtUp = true;
      return 0;
    }
    int known = tail.length();
    int length = buffer.fill(open, offset - known, known + limitBytes);
    if (!tail.matches(buffer.array(), length)) {
      return TRUNCATED;
    }
    sizeBytes = size;
    if (length > known) {
      feed(feeds).accept(buffer.array(), known, length);
      tail.remember(buffer.array(), length);
      activeNanos = nowNanos;
    }
    return length - known;
  }

  /** Reads the bytes before the offset, against which the next read will be checked. */
  void rememberTail(ReadBuffer buffer) throws IOException {
    LogFile open = file;
    if (open != null) {
      int length = (int) Math.min(offset(), Tail.MAX_BYTES);
      int there = buffer.fill(open, offset() - length, length);
      tail.remember(buffer.array(), there);
    }
  }

  /** How long nothing came, or nothing has been known of it. */
  long idleNanos(long nowNanos) {
    return nowNanos - activeNanos;
  }

  void quiet() {
    if (feed != null) {
      feed.quiet();
    }
  }

  /** Nothing more is expected: what is open is finished. If more comes, it begins anew. */
  void finish() {
    if (feed != null) {
      feed.end();
      startOffset = feed.offset();
      feed = null;
    }
  }

  /** Lets the descriptor go. */
  void close() throws IOException {
    LogFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  /** The file lost its bytes in place: this generation is over, the same file begins anew. */
  Generation startOver(ReadBuffer buffer) throws IOException {
    LogFile open = Objects.requireNonNull(file, "only an open file can be seen to lose bytes");
    FileIdentity now = Heads.identify(key, open, buffer);
    FileStat stat = new FileStat(key, open.sizeBytes(), modifiedMillis, true);
    finish();
    file = null;
    return new Generation(path, stat, now, open, 0, activeNanos);
  }

  FilePosition position(ReadBuffer buffer) {
    LogFile open = file;
    if (open != null && Heads.canGrow(identity, sizeBytes)) {
      try {
        identity = Heads.identify(key, open, buffer);
      } catch (IOException ignored) {
        // The shorter head is true as well, and the next read tells of the failure.
      }
    }
    long committed = feed == null ? startOffset : feed.committedOffset();
    return new FilePosition(path.toString(), identity, committed, sizeBytes, modifiedMillis);
  }

  private LineFeed feed(Feeds feeds) {
    if (feed == null) {
      feed = feeds.open(path, startOffset, startOffset > 0 && !tail.endsWithNewline());
    }
    return feed;
  }
}
