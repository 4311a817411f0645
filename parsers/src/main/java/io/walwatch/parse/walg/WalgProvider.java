/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import java.util.regex.Pattern;

/** WAL-G 0.2.10 and later, whose lines begin with their level. */
public final class WalgProvider implements LogParserProvider {
  static final String NAME = "wal-g";

  private static final Pattern COMMAND = Pattern.compile("(^|[\\s/\"'])wal-g([\\s\"']|$)");

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
    return new WalgParser();
  }
}
