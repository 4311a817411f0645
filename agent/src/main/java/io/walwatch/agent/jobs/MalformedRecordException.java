/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

/** A file in the spool is not what {@code walwatch run} writes. */
public final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }
}
