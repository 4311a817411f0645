/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Hears of parsers that threw: a fault of a plug-in, never of the log. Whatever a plug-in can do
 * wrong is one: exceptions, declared or not, errors, classes that are missing or of another
 * release, recursion without end.
 */
@FunctionalInterface
public interface ParserFaults {
  /** Nobody wants to know. */
  ParserFaults IGNORED = (parser, fault) -> {};

  /** The parser threw and is not called again for this stream. */
  void switchedOff(LogParser parser, Throwable fault);

  /** A parser could not be made at all. */
  default void notMade(String name, Throwable fault) {}

  /** What a fault says; its class alone where a plug-in's exception cannot even say that. */
  static String text(Throwable fault) {
    try {
      return fault.toString();
    } catch (Throwable e) {
      rethrowIfFatal(e);
      return fault.getClass().getName();
    }
  }

  /**
   * Throws again what is the machine's fault and no plug-in's: no memory, a thread that is ended.
   */
  static void rethrowIfFatal(Throwable fault) {
    boolean recursion = fault instanceof StackOverflowError;
    if (fault instanceof VirtualMachineError broken && !recursion) {
      throw broken;
    }
    // By name: deprecated for removal.
    if (fault instanceof Error ended
        && ended.getClass().getName().equals("java.lang.ThreadDeath")) {
      throw ended;
    }
  }
}
