/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.Line;

/** Sees each line of one generation of a log, so that what stands around a record can be found. */
public interface Trail {
  /** A line is about to be interpreted; it is valid during the call only. */
  void line(Line line);

  /**
   * What stands around a record that was told of just now; to be read soon.
   *
   * @param fromBytes nothing before this offset is wanted
   * @param offsetBytes first byte of the record
   */
  Excerpt around(long fromBytes, long offsetBytes);

  /** The same around the begin of a push, which is wanted only if the push never ends. */
  default Excerpt aroundBegin(long fromBytes, long offsetBytes) {
    return around(fromBytes, offsetBytes);
  }
}
