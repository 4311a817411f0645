/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one stream is to be read.
 *
 * @param framing name of the framing, or null: found from the lines
 * @param logLinePrefix PostgreSQL's setting, or null: learned from the lines
 * @param logTimezone PostgreSQL's setting, or null: taken from the abbreviation in the lines where
 *     that is without doubt
 * @param parsers names of the parsers to use; empty: all that were found
 * @param serverMessages false where another log of the same server is the authority for
 *     PostgreSQL's own messages, so that only the output of its children counts here
 */
public record PipelineOptions(
    @Nullable String framing,
    @Nullable String logLinePrefix,
    @Nullable ZoneId logTimezone,
    Set<String> parsers,
    boolean serverMessages) {
  public static final PipelineOptions DEFAULT =
      new PipelineOptions(null, null, null, Set.of(), true);

  public PipelineOptions {
    parsers = Set.copyOf(parsers);
  }
}
