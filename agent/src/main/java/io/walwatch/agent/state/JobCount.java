/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Locale;

/** What is counted of a job's runs. */
public enum JobCount {
  SUCCESS,
  FAILURE,
  LOST,
  REFUSED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
