/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Hears of parsers that threw: a fault of a plug-in, never of the log. Whatever a plug-in can do
 * wrong is one: exceptions, classes that are missing or of another release, recursion without end.
 */
@FunctionalInterface
public interface ParserFaults {
  /** Nobody wants to know. */
  ParserFaults IGNORED = (parser, fault) -> {};

  /** The parser threw and is not called again for this stream. */
  void switchedOff(LogParser parser, Throwable fault);
}
