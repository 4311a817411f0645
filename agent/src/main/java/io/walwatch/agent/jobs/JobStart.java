/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.util.Map;

/**
 * A run began. What its writer could not find out is empty, or 0.
 *
 * @param startedMillis when, by the clock of the host
 * @param pid of the wrapper, which lives as long as the command
 * @param begun when that process began, in ticks since the boot: a pid may be used again
 * @param boot which boot of the machine
 * @param namespace which process namespace, such as {@code pid:[4026531836]}
 * @param command on one line, masked
 */
public record JobStart(
    String job,
    long startedMillis,
    long pid,
    String begun,
    String boot,
    String namespace,
    String user,
    String command) {
  static JobStart of(String job, Map<String, String> fields) throws MalformedRecordException {
    return new JobStart(
        job,
        Fields.millis(fields, "started"),
        Fields.number(fields, "pid"),
        Fields.text(fields, "begun"),
        Fields.text(fields, "boot"),
        Fields.text(fields, "namespace"),
        Fields.text(fields, "user"),
        Fields.text(fields, "command"));
  }
}
