/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.spi.StandardLevel;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own log: human lines on standard error, written by the logger that Log4j's API brings
 * along. Log4j's core would write the same lines; it loads the classes of all its plug-ins for
 * that, 5 MiB beside the database and a fifth of the time to start.
 */
final class OwnLog {
  static final String LEVEL = "WALWATCH_LOG_LEVEL";

  private static final String SIMPLE = "org.apache.logging.log4j.simplelog.";

  /** They greet with their versions. A logger has the level of its own name, none of a parent. */
  private static final List<String> GREETING =
      List.of("io.undertow", "org.jboss.threads", "org.xnio", "org.xnio.nio");

  private OwnLog() {}

  /**
   * Must come before the first logger is made. What the command line says of Log4j ({@code -D})
   * stays as it is.
   *
   * @throws UsageException if the environment names a level that Log4j does not know
   */
  static void configure(Map<String, String> environment) throws UsageException {
    settings(environment.getOrDefault(LEVEL, ""))
        .forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
  }

  /** What Log4j is told. An empty level is the usual one. */
  static Map<String, String> settings(String level) throws UsageException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("log4j.provider", "org.apache.logging.log4j.simple.internal.SimpleProvider");
    settings.put(SIMPLE + "showdatetime", "true");
    settings.put(SIMPLE + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    settings.put(SIMPLE + "showShortLogname", "false");
    if (level.isEmpty()) {
      settings.put(SIMPLE + "level", Level.INFO.name());
      GREETING.forEach(name -> settings.put(SIMPLE + name + ".level", Level.WARN.name()));
    } else {
      settings.put(SIMPLE + "level", known(level).name());
    }
    return settings;
  }

  private static Level known(String level) throws UsageException {
    @Nullable Level known = Level.toLevel(level, null);
    if (known == null) {
      throw new UsageException(
          LEVEL
              + " is \""
              + level
              + "\", which is no level; one of "
              + Arrays.stream(StandardLevel.values())
                  .map(StandardLevel::name)
                  .collect(Collectors.joining(", ")));
    }
    return known;
  }
}
