/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

/** The program cannot start as it was asked to. The message is one line for the operator. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
