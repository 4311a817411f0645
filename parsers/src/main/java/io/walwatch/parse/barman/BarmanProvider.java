/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import java.util.regex.Pattern;

/**
 * Barman's archive commands. They say nothing when they succeed, so there are no pushes to count:
 * what was archived shows on disk only. What fails is a message.
 */
public final class BarmanProvider implements LogParserProvider {
  static final String NAME = "barman";

  private static final Pattern COMMAND =
      Pattern.compile("(^|[\\s/\"'])barman(-cloud)?-wal-(archive|restore)([\\s\"']|$)");

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
    return new BarmanParser();
  }
}
