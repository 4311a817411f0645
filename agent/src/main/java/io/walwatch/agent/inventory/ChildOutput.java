/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * One of the pipes that a command prints into. It ends when the command is over, not when the last
 * one has closed it: what a command leaves behind may hold it for ever, and a thread that reads a
 * pipe cannot be woken. So nobody waits in the pipe.
 */
final class ChildOutput extends InputStream {
  private static final long FIRST_PAUSE_MILLIS = 1;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final InputStream pipe;
  private final Child child;

  ChildOutput(InputStream pipe, Child child) {
    this.pipe = pipe;
    this.child = child;
  }

  /**
   * To be held by the one thread that reads: else Java closes the pipe at the end of the command,
   * in ProcessImpl, and what a part of it prints a little later is lost.
   */
  Object lock() {
    return pipe;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long pauseMillis = FIRST_PAUSE_MILLIS;
    while (!child.timedOut()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException();
      }
      // Asked in this order: what came before the end is there when the end is seen.
      boolean over = pipe.available() == 0 && child.isOver();
      int available = pipe.available();
      if (available > 0) {
        return pipe.read(buffer, offset, Math.min(length, available));
      }
      if (over) {
        return -1;
      }
      pause(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
    return -1;
  }

  private void pause(long millis) throws InterruptedIOException {
    try {
      child.pause(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
