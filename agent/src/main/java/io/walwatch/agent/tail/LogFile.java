/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is open for reading, whatever happens to its path. */
interface LogFile extends Closeable {
  long sizeBytes() throws IOException;

  /** Reads at most what fits; returns the number of bytes, or -1 at or behind the end. */
  int read(ByteBuffer into, long offsetBytes) throws IOException;

  /**
   * Whether a smaller size says that bytes were lost in place. Of compressed text the size is a
   * guess until its end was seen.
   */
  default boolean isSizeCertain() {
    return true;
  }
}
