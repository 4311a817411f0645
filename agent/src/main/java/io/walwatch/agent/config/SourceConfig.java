/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A log that is not a server's own.
 *
 * @param name goes into the label {@code source}
 * @param server whose events it holds; empty: the only server's
 * @param parsers names of the parsers to use; empty: all
 * @param framing which bytes make one record; empty: found from the lines
 * @param logLinePrefix PostgreSQL's setting; empty: learned from the lines
 * @param logTimezone PostgreSQL's setting; empty: taken from the lines where that is without doubt
 */
public record SourceConfig(
    String name,
    Optional<String> server,
    SourceInput input,
    Set<String> parsers,
    Optional<String> framing,
    Optional<String> logLinePrefix,
    Optional<ZoneId> logTimezone) {
  public SourceConfig {
    parsers = Set.copyOf(parsers);
  }
}
