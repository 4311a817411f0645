/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** Hears of parsers that threw: a fault of a plug-in, never of the log. */
@FunctionalInterface
public interface ParserFaults {
  /** Nobody wants to know. */
  ParserFaults IGNORED = (parser, fault) -> {};

  /** The parser threw and is not called again for this stream. */
  void switchedOff(LogParser parser, RuntimeException fault);
}
