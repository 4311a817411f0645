/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.ArchiverProvider;

/** WAL-G 0.2.10 and later, whose lines begin with their level. */
public final class WalgProvider extends ArchiverProvider {
  static final String NAME = "wal-g";

  /** Found by {@link java.util.ServiceLoader}. */
  public WalgProvider() {
    super(NAME, NAME, WalgParser::new);
  }
}
