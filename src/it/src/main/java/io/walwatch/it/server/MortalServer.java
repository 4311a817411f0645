/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import java.io.IOException;

/** A server that can be stopped, killed and started again. */
public interface MortalServer extends ArchivingServer {
  /** Starts it and waits until it takes connections. */
  void start() throws IOException;

  /** Stops it cleanly; what is to be archived is archived first, if the archiver lets it. */
  void stop() throws IOException;

  /** Kills the postmaster, as {@code kill -9} does, and waits until all its children are gone. */
  void kill() throws IOException;

  /** Whether its processes are seen from here, so that walwatch can tell whether it runs. */
  default boolean isVisible() {
    return true;
  }
}
