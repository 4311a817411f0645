/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.io.IOException;

/** The output of a listing command is not the listing it should be; the message says why. */
public final class MalformedListException extends IOException {
  private static final long serialVersionUID = 1;

  public MalformedListException(String message) {
    super(message);
  }
}
