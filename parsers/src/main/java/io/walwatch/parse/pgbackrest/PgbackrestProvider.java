/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.pgbackrest;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import java.util.regex.Pattern;

/** pgBackRest 2.x with {@code log-level-console=info}, or its own log file. */
public final class PgbackrestProvider implements LogParserProvider {
  static final String NAME = "pgbackrest";

  private static final Pattern COMMAND = Pattern.compile("(^|[\\s/\"'])pgbackrest([\\s\"']|$)");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isArchiver() {
    return true;
  }

  @Override
  public boolean claims(String command) {
    return COMMAND.matcher(command).find();
  }

  @Override
  public LogParser create() {
    return new PgbackrestParser();
  }
}
