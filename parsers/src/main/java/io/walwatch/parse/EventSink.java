/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** Receives what a parser found, in the order of the stream. Called on the parsing thread only. */
public interface EventSink {
  void event(LogEvent event, Origin origin);

  void rejected(Rejection rejection);
}
