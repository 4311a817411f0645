/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Path;

/** Tells of names that come and go in a directory. Used on the loop's thread only. */
public interface DirectoryWatcher {
  /**
   * Begins to watch. What happens from now on is told; what is there already is not.
   *
   * @throws IOException when the directory cannot be watched: gone, unreadable, or the system's
   *     limit of watches reached
   */
  Watch watch(Path directory, Listener listener) throws IOException;

  /** A running watch. */
  interface Watch {
    /** Whether it can still tell anything: false once the watched directory is deleted. */
    boolean isValid();

    void cancel();
  }

  /** Hears of changes, in their order. A rename is a deletion and a creation. */
  interface Listener {
    void created(String name);

    void deleted(String name);

    /** Changes were dropped: nothing between the last change told and the next is known. */
    void overflowed();
  }
}
