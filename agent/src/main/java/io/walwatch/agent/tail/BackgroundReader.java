/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can only be read by waiting, on a thread of its own, so that the loop never waits.
 * When the loop does not take what was read, the reading stops, and with it the writer.
 */
final class BackgroundReader implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int MAX_CHUNKS = 16;
  private static final byte[] END = new byte[0];

  private final InputStream input;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(MAX_CHUNKS);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable IOException failure;
  private volatile Waker waker = Waker.NOBODY;
  private boolean ended;

  BackgroundReader(String name, InputStream input) {
    this.input = input;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes whom to wake when there is something to poll. */
  void wakeBy(Waker whom) {
    waker = whom;
    // For what came before.
    whom.wake();
  }

  /** The next bytes, or null if there are none now. */
  byte @Nullable [] poll() {
    return take(chunks.poll());
  }

  /** The next bytes, waiting for them; null if none came, or none will. */
  byte @Nullable [] poll(long timeoutMillis) throws InterruptedException {
    return take(chunks.poll(timeoutMillis, TimeUnit.MILLISECONDS));
  }

  /** Whether all was taken, and no more will come. */
  boolean isEnded() {
    return ended;
  }

  /** Why it ended, or null if it was its end. */
  @Nullable IOException failure() {
    return failure;
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private byte @Nullable [] take(byte @Nullable [] chunk) {
    if (chunk == END) {
      ended = true;
      return null;
    }
    if (chunk != null) {
      waitingBytes.addAndGet(-chunk.length);
    }
    return chunk;
  }

  private void run() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
        waitingBytes.addAndGet(length);
        chunks.put(Arrays.copyOf(buffer, length));
        waker.wake();
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      return;
    }
    try {
      chunks.put(END);
      waker.wake();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
