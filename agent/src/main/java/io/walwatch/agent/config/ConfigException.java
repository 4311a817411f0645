/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.List;

/**
 * A configuration that cannot be used. The message is one line that names place, value and rule.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems at least one, each one line
   */
  public ConfigException(List<String> problems) {
    super(problems.get(0));
    this.problems = List.copyOf(problems);
  }

  public ConfigException(String problem) {
    this(List.of(problem));
  }

  /** All that was found, the message first. */
  public List<String> problems() {
    return problems;
  }
}
