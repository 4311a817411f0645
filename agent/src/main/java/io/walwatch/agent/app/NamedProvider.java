/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.ParserFaults;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * A provider whose questions about itself cannot fail: what it cannot answer is no. Making a parser
 * can, and whoever makes one is prepared.
 *
 * @param said whether it was said that it has a fault: it is asked several times a second
 */
record NamedProvider(String name, LogParserProvider provider, AtomicBoolean said)
    implements LogParserProvider {
  private static final Logger logger = LogManager.getLogger(NamedProvider.class);

  NamedProvider(String name, LogParserProvider provider) {
    this(name, provider, new AtomicBoolean());
  }

  @Override
  public boolean isArchiver() {
    return ask(provider::isArchiver);
  }

  @Override
  public boolean claims(String command) {
    return ask(() -> provider.claims(command));
  }

  @Override
  public boolean tellsEveryPush() {
    return ask(provider::tellsEveryPush);
  }

  @Override
  public LogParser create() {
    return provider.create();
  }

  private boolean ask(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      if (said.compareAndSet(false, true)) {
        logger.error("The parser {} has a fault: {}", name, ParserFaults.text(e));
      }
      return false;
    }
  }
}
