/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What the agent's own log says while it is open. */
final class LogCapture extends AbstractAppender implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LoggerConfig logger =
      ((LoggerContext) LogManager.getContext(false)).getConfiguration().getRootLogger();

  private LogCapture() {
    super("capture", null, null, true, Property.EMPTY_ARRAY);
  }

  static LogCapture open() {
    LogCapture capture = new LogCapture();
    capture.start();
    capture.logger.addAppender(capture, null, null);
    return capture;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeAppender("capture");
    stop();
  }
}
