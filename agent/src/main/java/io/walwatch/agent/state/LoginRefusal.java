/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Locale;

/** Why a client was not let in, where users are configured. */
public enum LoginRefusal {
  /** It named nobody: what a browser does first, and a scrape whose login was forgotten. */
  MISSING,
  /** There is no such user, or the password is another. */
  WRONG,
  /** Too many others were trying. */
  BUSY;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
