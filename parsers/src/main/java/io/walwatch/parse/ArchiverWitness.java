/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is known of a server's archiver besides its log. Asked only for the few records that
 * may matter, on the thread that reads.
 */
@FunctionalInterface
public interface ArchiverWitness {
  /** Knows nothing. */
  ArchiverWitness NONE = at -> ArchiverSightings.NONE;

  /**
   * What is known by now.
   *
   * @param at the moment that is asked about, or null; a later one than was looked at last is a
   *     reason to look again
   */
  ArchiverSightings upTo(@Nullable Instant at);

  /** The server's archive_library: empty where it has none, null where that is not known. */
  default @Nullable String library() {
    return null;
  }
}
