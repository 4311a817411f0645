/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.util.Map;

/**
 * A run ended.
 *
 * @param exitCode as the shell has it: 128 + signal where a signal ended it, 124 after a time-out
 */
public record JobEnd(long endedMillis, int exitCode, boolean timedOut) {
  static JobEnd of(Map<String, String> fields) throws MalformedRecordException {
    return new JobEnd(
        Fields.millis(fields, "ended"),
        Math.toIntExact(Fields.number(fields, "code")),
        Fields.text(fields, "timed_out").equals("yes"));
  }

  public boolean succeeded() {
    return exitCode == 0;
  }
}
