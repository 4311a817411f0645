/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.List;

/**
 * How far a stream was read. Immutable.
 *
 * @param files one entry for each generation that may still be needed, oldest first
 */
public record StreamPosition(List<FilePosition> files) {
  /** A stream that has never been read: it starts at its end. */
  public static final StreamPosition NEW = new StreamPosition(List.of());

  public StreamPosition {
    files = List.copyOf(files);
  }
}
