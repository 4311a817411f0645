/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a log that was compressed after rotation, by the offsets it had before, so that a
 * generation half read before it was compressed goes on at the right byte.
 */
final class GzipFile implements LogFile {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** The trailer's last four bytes are the length of the text, modulo 2^32, if it is whole. */
  private static final int TRAILER_BYTES = 4;

  private final FileChannel channel;

  /** No text shrinks further in DEFLATE: a file that says it did has lost its end. */
  private static final int MAX_RATIO = 1032;

  private final byte[] chunk = new byte[BUFFER_BYTES];
  private final long statedBytes;
  private @Nullable InputStream text;
  private long position;
  private long reached;
  private long end = -1;

  private GzipFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.statedBytes = statedBytes(channel);
  }

  static GzipFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new GzipFile(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * What the trailer says, as long as the text was not longer (several members, or above 4 GiB). Of
   * a text whose end was not seen nobody knows how much is missing: at least one byte more than
   * came, so that it is read on.
   */
  @Override
  public long sizeBytes() {
    return end >= 0 ? end : Math.max(statedBytes, reached + 1);
  }

  @Override
  public boolean isSizeCertain() {
    return false;
  }

  @Override
  public int read(ByteBuffer into, long offsetBytes) throws IOException {
    try {
      InputStream from = at(offsetBytes);
      int length =
          from == null ? -1 : from.read(chunk, 0, Math.min(into.remaining(), chunk.length));
      if (length < 0) {
        end = position;
        return -1;
      }
      into.put(chunk, 0, length);
      moveOn(length);
      return length;
    } catch (IOException e) {
      // Still being written, or damaged: the next try begins at the beginning.
      endText();
      throw e;
    }
  }

  /** The text from this offset on, or null if it ends before. */
  private @Nullable InputStream at(long offsetBytes) throws IOException {
    InputStream from = text;
    if (from == null || position > offsetBytes) {
      endText();
      channel.position(0);
      from = new GZIPInputStream(new Compressed(channel), BUFFER_BYTES);
      text = from;
      position = 0;
    }
    while (position < offsetBytes) {
      int length = from.read(chunk, 0, (int) Math.min(offsetBytes - position, chunk.length));
      if (length < 0) {
        return null;
      }
      moveOn(length);
    }
    return from;
  }

  private void moveOn(int length) {
    position += length;
    reached = Math.max(reached, position);
  }

  /** What an inflater holds is none of the heap's: the collector would come too late for it. */
  private void endText() throws IOException {
    InputStream from = text;
    text = null;
    if (from != null) {
      from.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      endText();
    } finally {
      channel.close();
    }
  }

  /** Leaves the channel open: its text may be read once more. */
  private static final class Compressed extends FilterInputStream {
    Compressed(FileChannel channel) {
      super(Channels.newInputStream(channel));
    }

    @Override
    public void close() {}
  }

  private static long statedBytes(FileChannel channel) throws IOException {
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long size = channel.size();
    channel.read(trailer, Math.max(0, size - TRAILER_BYTES));
    long stated = trailer.hasRemaining() ? 0 : Integer.toUnsignedLong(trailer.getInt(0));
    return stated <= size * MAX_RATIO ? stated : 0;
  }
}
