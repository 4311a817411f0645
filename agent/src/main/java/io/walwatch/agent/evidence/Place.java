/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.nio.file.Path;

/**
 * Lines of a file. Immutable.
 *
 * @param file how it was called; after a rotation it is looked for beside that
 * @param fromBytes nothing before this offset is wanted
 * @param offsetBytes first byte of the record that matters: of what stands before it the last 64
 *     KiB are wanted
 * @param afterBytes how much is wanted from there on
 * @param probe what stands somewhere in it: where it does not, it is another file
 */
public record Place(Path file, long fromBytes, long offsetBytes, int afterBytes, Probe probe) {
  /** More is not read at once. */
  static final int MOST_AFTER_BYTES = 64 * 1024;

  public Place {
    if (offsetBytes < 0 || afterBytes < 0 || afterBytes > MOST_AFTER_BYTES) {
      throw new IllegalArgumentException("offset " + offsetBytes + ", after " + afterBytes);
    }
  }
}
