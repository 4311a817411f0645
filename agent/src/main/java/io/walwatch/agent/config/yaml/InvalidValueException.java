/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

/** A value breaks a rule. The message is the rule, worded to follow the quoted value. */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public InvalidValueException(String rule) {
    super(rule);
  }

  /** The rule that was broken. */
  public String rule() {
    return String.valueOf(getMessage());
  }
}
