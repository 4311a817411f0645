/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;

/** PostgreSQL's own messages, releases 9.6 to 18. */
public final class PostgresProvider implements LogParserProvider {
  /** The name of the parser: its events are what the server itself says. */
  public static final String NAME = "postgres";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isArchiver() {
    return false;
  }

  @Override
  public boolean claims(String command) {
    return false;
  }

  @Override
  public LogParser create() {
    return new PostgresParser();
  }
}
