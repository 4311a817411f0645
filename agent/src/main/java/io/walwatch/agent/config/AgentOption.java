/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.Locale;

/** What {@code serve}, {@code check} and {@code once} can be told beside the configuration file. */
public enum AgentOption {
  CONFIG,
  PGDATA,
  LOG,
  ARCHIVE_STATUS,
  LISTEN,
  STATE_DIR,
  WEB_CONFIG,
  PLUGINS,
  FROM_START,
  HTTP_RELOAD;

  /** As on the command line, such as {@code --state-dir}. */
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As in the environment, such as {@code WALWATCH_STATE_DIR}. */
  public String variable() {
    return "WALWATCH_" + name();
  }

  /** Whether it can be given more than once, in the environment as a list. */
  public boolean isRepeatable() {
    return switch (this) {
      case PGDATA, LOG, ARCHIVE_STATUS, LISTEN -> true;
      case CONFIG, STATE_DIR, WEB_CONFIG, PLUGINS, FROM_START, HTTP_RELOAD -> false;
    };
  }
}
