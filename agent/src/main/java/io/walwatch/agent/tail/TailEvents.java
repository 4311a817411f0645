/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * Everything that can happen to a stream of lines. The tailer does not count and does not log: it
 * tells. Called on the loop's thread.
 */
public interface TailEvents {
  /** Bytes and lines that are done with: a restart will not read them again. */
  void committed(long bytes, long lines);

  /** The path leads to another file now; the old one is read to its end first. */
  void rotated(String path);

  /** The file lost bytes in place. */
  void truncated(String path);

  /** A line was longer than the limit and lost its end. */
  void longLine(String path, long offsetBytes);

  /** Bytes that existed and were never read. */
  void lost(String path, long bytes, String why);

  /** What was read until a stop is found nowhere; whether it was written since nobody can know. */
  default void missed(String path, String why) {}

  /**
   * Something could not be read; it is tried again. Told once for each change of {@code problem},
   * not once for each try.
   */
  void unreadable(String path, String problem);

  /** What could not be read can be read again. */
  void readable(String path);

  /**
   * What could not be read is there no more, or is not tried any more: nothing is wrong with it.
   */
  void gone(String path);

  /** A limit was reached, and what is over it is done without. */
  void limited(TailBound bound, long times);
}
