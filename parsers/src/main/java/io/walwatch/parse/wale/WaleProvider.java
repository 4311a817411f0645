/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.ArchiverProvider;

/** WAL-E, releases 0.6 to 1.1. */
public final class WaleProvider extends ArchiverProvider {
  static final String NAME = "wal-e";

  /** Found by {@link java.util.ServiceLoader}. */
  public WaleProvider() {
    super(NAME, NAME, WaleParser::new);
  }
}
