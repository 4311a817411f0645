/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known about one source of lines, at one moment. Immutable.
 *
 * @param problems what cannot be read, by path
 */
public record SourceSnapshot(
    String name,
    SourceFacts facts,
    Map<SourceCount, Long> counts,
    Map<String, Map<ParserCount, Long>> parsers,
    OptionalLong lastEventMillis,
    Map<String, String> problems) {
  public SourceSnapshot {
    counts = Map.copyOf(counts);
    parsers = Map.copyOf(parsers);
    problems = Map.copyOf(problems);
  }
}
