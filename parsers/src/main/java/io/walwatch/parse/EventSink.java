/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** Receives what a parser found, in the order of the stream. Called on the parsing thread only. */
public interface EventSink {
  /**
   * Something that the log says.
   *
   * @param origin where it was read; two events of one record differ in their hashes
   */
  void event(LogEvent event, Origin origin);

  /** Text that looked like a record and means nothing. It is shown and counted, no more. */
  void rejected(Rejection rejection);
}
