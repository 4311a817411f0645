/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How large the segments of one queue are, in bytes: as the server's files say, else as a WAL file
 * beside the queue is. Loop's thread only.
 */
final class SegmentSize {
  private OptionalLong told = OptionalLong.empty();
  private OptionalLong found = OptionalLong.empty();

  /** The server's files say so; what cannot be a size is passed over. */
  void told(long bytes) {
    if (WalGeometry.isSegmentSize(bytes)) {
      told = OptionalLong.of(bytes);
    }
  }

  /** Looks at the WAL itself, for as long as nothing else has told. */
  void look(Path walDirectory) throws IOException {
    if (bytes().isEmpty()) {
      found = WalDirectory.segmentSize(walDirectory);
    }
  }

  /** The WAL is another: what lay beside the queue says nothing of it. */
  void anotherDirectory() {
    found = OptionalLong.empty();
  }

  OptionalLong bytes() {
    return told.isPresent() ? told : found;
  }
}
