/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.SourceFacts;
import io.walwatch.agent.tail.LogStream;

/**
 * A source of lines that the loop reads.
 *
 * @param name its label
 * @param server whose events it holds
 * @param memories what its parsers know of earlier lines
 */
record WatchedSource(String name, String server, LogStream stream, ParserMemories memories) {
  SourceFacts facts() {
    return new SourceFacts(server, stream.openFiles(), stream.lagBytes(), stream.silence());
  }
}
