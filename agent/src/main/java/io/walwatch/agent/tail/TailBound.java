/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** Limits of a stream of lines that are told each time they are reached. */
public enum TailBound {
  /** Datagrams that the kernel dropped, since its buffer was full. */
  DATAGRAMS,
  /** Senders that were silent for longest, and were closed to let others in. */
  CONNECTIONS,
  /**
   * Rotated and deleted files that were let go before their writers were silent for long enough.
   */
  FILES,
  /** Files of which nothing was open, whose parsers were let go; they are made anew. */
  PIPELINES,
  /** Paths and directories that were forgotten; they are looked at anew. */
  PATHS
}
