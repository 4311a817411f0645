/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A provider that was asked once for what does not change, so that later only making a parser can
 * fail; a command that it cannot judge is not its own.
 */
record NamedProvider(String name, boolean isArchiver, LogParserProvider provider)
    implements LogParserProvider {
  private static final Logger logger = LogManager.getLogger(NamedProvider.class);

  static NamedProvider of(LogParserProvider provider) {
    return new NamedProvider(provider.name(), provider.isArchiver(), provider);
  }

  @Override
  public boolean claims(String command) {
    try {
      return provider.claims(command);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      logger.error("The parser {} cannot say whether a command is its own: {}", name, e.toString());
      return false;
    }
  }

  @Override
  public LogParser create() {
    return provider.create();
  }
}
