/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.archive.settings.ServerSettings;
import io.walwatch.agent.config.ZoneSetting;
import io.walwatch.parse.PipelineOptions;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that say how a server's log is to be read. */
final class LogSettings {
  private LogSettings() {}

  /**
   * As far as the settings tell: a default counts only where nothing was left unread.
   *
   * @param old whether the server is older than 10; empty: not known
   */
  static PipelineOptions pipeline(ServerSettings settings, Optional<Boolean> old) {
    String prefix = settings.get("log_line_prefix").orElse(null);
    if (prefix == null && settings.isComplete() && old.isPresent()) {
      prefix = old.get() ? "" : "%m [%p] ";
    }
    return new PipelineOptions(null, prefix, zone(settings), Set.of(), true)
        .withSyslogIdent(
            settings
                .get("syslog_ident")
                .filter(name -> !name.isEmpty())
                .orElse(PipelineOptions.DEFAULT_IDENT));
  }

  /** PostgreSQL's own default is GMT; initdb writes the host's zone into postgresql.conf. */
  private static @Nullable ZoneId zone(ServerSettings settings) {
    Optional<String> name =
        settings
            .get("log_timezone")
            .or(() -> settings.isComplete() ? Optional.of("GMT") : Optional.empty());
    try {
      return name.map(ZoneSetting::of).orElse(null);
    } catch (DateTimeException ignored) {
      // PostgreSQL knows names that Java does not, such as localtime: then the lines decide.
      return null;
    }
  }
}
