/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import java.io.IOException;

/**
 * Something that follows {@code wal-e*.log} in a directory and counts completed pushes. What it
 * needs itself it keeps beside that directory.
 */
interface Contestant extends AutoCloseable {
  /** Starts, and goes on from where it was if it can; returns when it is ready. */
  void start() throws IOException;

  /** Completed pushes counted so far, over all its lives. */
  Tally counted();

  /** Beats of {@link Heartbeat} read so far; it may begin anew with each life. */
  long beats();

  /** Bytes that it says it has still to read. */
  default long lagBytes() {
    return 0;
  }

  /** Ends it without notice. */
  void kill() throws InterruptedException;

  @Override
  void close();
}
