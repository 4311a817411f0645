/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.Locale;

/** The four kinds of file that PostgreSQL hands to its archiver. */
public enum WalFileKind {
  SEGMENT,
  HISTORY,
  BACKUP,
  PARTIAL;

  /** The word used in labels and output, such as {@code segment}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
