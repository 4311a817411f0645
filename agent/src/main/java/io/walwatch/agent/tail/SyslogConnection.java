/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * One sender of syslog messages by TCP, framed in either way of RFC 6587: counted ({@code 42
 * <14>…}) where a message begins with a number, a blank and a priority, else ended by a newline:
 * one without a priority may well begin with its date.
 */
final class SyslogConnection {
  private static final int MAX_COUNT_DIGITS = 9;

  private final SocketChannel channel;
  private final Frames frames;
  private final int maxFrameBytes;
  private final ByteBuffer input = ByteBuffer.allocate(16 * 1024);
  private byte[] frame = new byte[1024];
  private int frameLength;
  private int count;
  private int countDigits;
  private boolean counted;
  private int remaining = -1;
  private long activeNanos;

  SyslogConnection(SocketChannel channel, Frames frames, int maxFrameBytes, long nowNanos) {
    this.activeNanos = nowNanos;
    this.channel = channel;
    this.frames = frames;
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Takes whom to wake when more comes. */
  void wakeBy(Waker waker) {
    waker.watch(channel, SelectionKey.OP_READ);
  }

  /** How long nothing has come. */
  long idleNanos(long nowNanos) {
    return nowNanos - activeNanos;
  }

  /** Reads once; returns the number of bytes, 0 if there are none now, -1 if it is over. */
  int read(long nowNanos) throws IOException {
    int length = channel.read(input.clear());
    activeNanos = length > 0 ? nowNanos : activeNanos;
    for (int i = 0; i < length; i++) {
      accept(input.get(i));
    }
    return length;
  }

  /** The sender is gone: what it left without an end is a message where no count was promised. */
  void close() throws IOException {
    if (countDigits > 0) {
      keepCount();
    }
    if (remaining < 0 && frameLength > 0) {
      handOver();
    }
    channel.close();
  }

  private void accept(byte b) {
    if (remaining > 0) {
      keep(b);
      remaining--;
      if (remaining == 0) {
        handOver();
      }
    } else if (frameLength == 0 && (countDigits > 0 || (b >= '1' && b <= '9'))) {
      acceptCount(b);
    } else if (b == '\n') {
      handOver();
    } else {
      keep(b);
    }
  }

  private void acceptCount(byte b) {
    if (counted && b == '<') {
      remaining = count;
      forgetCount();
      accept(b);
    } else if (!counted && b == ' ') {
      counted = true;
    } else if (!counted && b >= '0' && b <= '9' && countDigits < MAX_COUNT_DIGITS) {
      count = 10 * count + (b - '0');
      countDigits++;
    } else {
      keepCount();
      accept(b);
    }
  }

  /** What looked like a count was the beginning of a message. */
  private void keepCount() {
    String text = counted ? count + " " : String.valueOf(count);
    forgetCount();
    text.chars().forEach(c -> keep((byte) c));
  }

  private void forgetCount() {
    count = 0;
    countDigits = 0;
    counted = false;
  }

  private void keep(byte b) {
    // One more, so that the line's own limit sees that something was too long, and counts it.
    if (frameLength <= maxFrameBytes) {
      if (frameLength == frame.length) {
        frame = Arrays.copyOf(frame, Math.min(2 * frameLength, maxFrameBytes + 1));
      }
      frame[frameLength++] = b;
    }
  }

  private void handOver() {
    frames.accept(frame, 0, frameLength);
    frameLength = 0;
    remaining = -1;
  }
}
