/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/**
 * What a source of lines looks like at one moment. Immutable.
 *
 * @param server the server whose log it is
 * @param openFiles files (sockets, …) that are followed
 * @param lagBytes written and not yet read
 * @param silence why nothing comes, where nobody sends; else empty
 */
public record SourceFacts(String server, int openFiles, long lagBytes, String silence) {
  /** Of a source that is not silent, or cannot tell. */
  public SourceFacts(String server, int openFiles, long lagBytes) {
    this(server, openFiles, lagBytes, "");
  }
}
