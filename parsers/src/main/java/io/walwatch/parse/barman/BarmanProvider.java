/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.ArchiverProvider;

/**
 * Barman's archive commands. They say nothing when they succeed, so there are no pushes to count:
 * what was archived shows on disk only. What fails is a message.
 */
public final class BarmanProvider extends ArchiverProvider {
  static final String NAME = "barman";

  /** Found by {@link java.util.ServiceLoader}. */
  public BarmanProvider() {
    super(NAME, "barman(-cloud)?-wal-(archive|restore)", BarmanParser::new);
  }

  @Override
  public boolean tellsEveryPush() {
    return false;
  }
}
