/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Parsers of an archiver that is recognised by the program that archive_command runs. */
public abstract class ArchiverProvider implements LogParserProvider {
  private final String name;
  private final Pattern command;
  private final Supplier<LogParser> parsers;

  /**
   * A provider.
   *
   * @param name as in configuration and labels
   * @param programs a regular expression for the names of its programs, without directories
   * @param parsers makes one for each stream
   */
  protected ArchiverProvider(String name, String programs, Supplier<LogParser> parsers) {
    this.name = name;
    this.command = Pattern.compile("(^|[\\s/\"'])(?:" + programs + ")([\\s\"']|$)");
    this.parsers = parsers;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean isArchiver() {
    return true;
  }

  @Override
  public final boolean claims(String setting) {
    return command.matcher(setting).find();
  }

  @Override
  public final LogParser create() {
    return parsers.get();
  }
}
