/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import java.util.List;

/**
 * How a command ended.
 *
 * @param exitCode its exit code
 * @param output lines on stdout
 * @param errors lines on stderr
 */
public record CommandResult(int exitCode, List<String> output, List<String> errors) {
  public CommandResult {
    output = List.copyOf(output);
    errors = List.copyOf(errors);
  }

  /** Lines on stderr that are more than a note of what goes on. */
  public List<String> problems() {
    return errors.stream().filter(line -> !line.contains(" INFO ")).toList();
  }
}
