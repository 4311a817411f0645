/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/** What a {@link PrefixTemplate} found in one line; reused for each line. */
final class PrefixMatch {
  final ByteSlice time = new ByteSlice();
  final ByteSlice backendType = new ByteSlice();
  final ByteSlice sqlState = new ByteSlice();

  /** Process id, or -1. */
  long pid;

  /** Whether the line has a part that only a client's session has, and it is not empty. */
  boolean session;

  /** Ways that were tried. */
  int steps;

  Severity.Role role = Severity.Role.NONE;
  final Severity severity = new Severity();

  void clear() {
    time.clear();
    backendType.clear();
    sqlState.clear();
    pid = -1;
    session = false;
    steps = 0;
    role = Severity.Role.NONE;
  }
}
