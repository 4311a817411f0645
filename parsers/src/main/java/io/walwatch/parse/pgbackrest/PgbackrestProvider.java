/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.pgbackrest;

import io.walwatch.parse.ArchiverProvider;

/** pgBackRest 2.x with {@code log-level-console=info}, or its own log file. */
public final class PgbackrestProvider extends ArchiverProvider {
  static final String NAME = "pgbackrest";

  /** Found by {@link java.util.ServiceLoader}. */
  public PgbackrestProvider() {
    super(NAME, NAME, PgbackrestParser::new);
  }

  /** {@code log-level-console} is {@code warn} unless it is set. */
  @Override
  public boolean tellsEveryPush() {
    return false;
  }
}
