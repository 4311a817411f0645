/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.List;

/**
 * What a stream of files reads.
 *
 * @param globs paths; a name in them may hold the wildcards of {@link
 *     java.nio.file.FileSystem#getPathMatcher glob patterns}, but none spans directories
 * @param start where the files begin that are there when a stream is read for the first time
 * @param limits bounds and patience
 */
public record FileSource(List<String> globs, Start start, TailLimits limits) {
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
}
