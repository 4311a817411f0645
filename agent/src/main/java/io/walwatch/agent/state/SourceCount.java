/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of a source of lines. */
public enum SourceCount {
  BYTES,
  LINES,
  DUPLICATES,
  ROTATIONS,
  TRUNCATIONS,
  IO_ERRORS,
  LONG_LINES,
  LOST_BYTES,
  UNTIMED,
  DROPPED_DATAGRAMS,
  CLOSED_CONNECTIONS,
  RELEASED_FILES,
  RESTED_PIPELINES,
  FORGOTTEN_PATHS,
  FORGOTTEN_MEMORIES
}
