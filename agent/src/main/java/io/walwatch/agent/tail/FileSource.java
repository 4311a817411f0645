/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.List;

/**
 * What a stream of files reads.
 *
 * @param globs paths; a name in them may hold the wildcards of {@link
 *     java.nio.file.FileSystem#getPathMatcher glob patterns}, but none spans directories
 * @param start where the files begin that are there when a stream is read for the first time
 * @param newSinceMillis whatever {@code start} says, what was made at this time since the epoch or
 *     later is read from its beginning; {@link #NOTHING_IS_NEW} where none of it is
 * @param limits bounds and patience
 */
public record FileSource(List<String> globs, Start start, long newSinceMillis, TailLimits limits) {
  /** All that is there when a stream is read for the first time was there before us. */
  public static final long NOTHING_IS_NEW = Long.MAX_VALUE;

  /** Where to begin in a stream that has no position yet. */
  public enum Start {
    /** What is there already was there before us. */
    END,
    /** What is there already is wanted. */
    BEGINNING
  }

  public FileSource {
    globs = List.copyOf(globs);
  }

  /** None of what is there is new. */
  public FileSource(List<String> globs, Start start, TailLimits limits) {
    this(globs, start, NOTHING_IS_NEW, limits);
  }

  /** Whether nobody can have read a file before; one whose birth is not known may be old. */
  boolean isNew(FileStat stat) {
    return stat.bornMillis() != 0 && stat.bornMillis() >= newSinceMillis;
  }
}
