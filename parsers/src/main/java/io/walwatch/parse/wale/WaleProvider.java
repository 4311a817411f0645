/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import java.util.regex.Pattern;

/** WAL-E, releases 0.6 to 1.1. */
public final class WaleProvider implements LogParserProvider {
  static final String NAME = "wal-e";

  private static final Pattern COMMAND = Pattern.compile("(^|[\\s/\"'])wal-e([\\s\"']|$)");

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
    return new WaleParser();
  }
}
