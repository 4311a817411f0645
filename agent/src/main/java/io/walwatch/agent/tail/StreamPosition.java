/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.List;

/**
 * How far a stream was read. Immutable.
 *
 * @param known whether the stream was ever read: one that was not starts at its end, while in one
 *     that was each further file starts at its beginning, even if it had no file until now
 * @param files one entry for each generation that may still be needed, oldest first; empty for
 *     streams that are not files
 * @param cursor where a stream goes on that is no file; empty where it cannot
 * @param lookedMillis when it was looked for files last, since the epoch: one that came to a path
 *     of which nothing is known is not older; 0 where that is not known
 */
public record StreamPosition(
    boolean known, List<FilePosition> files, String cursor, long lookedMillis) {
  /** A stream that has never been read. */
  public static final StreamPosition NEW = new StreamPosition(false, List.of(), "");

  public StreamPosition {
    files = List.copyOf(files);
  }

  /** Of a stream of which nobody knows when it was looked for files. */
  public StreamPosition(boolean known, List<FilePosition> files, String cursor) {
    this(known, files, cursor, 0);
  }

  /** The position of a stream of files. */
  public static StreamPosition ofFiles(List<FilePosition> files) {
    return new StreamPosition(true, files, "");
  }

  /** The position of a stream that remembers where it is by a text of its own. */
  public static StreamPosition ofCursor(String cursor) {
    return new StreamPosition(true, List.of(), cursor);
  }
}
