/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.List;

/** Where the lines of a source come from. */
public sealed interface SourceInput {
  /**
   * Files.
   *
   * @param globs absolute, with wildcards
   */
  record Files(List<String> globs) implements SourceInput {
    public Files {
      globs = List.copyOf(globs);
    }
  }

  /** Messages that a syslog daemon sends. */
  record Syslog(Transport transport, ListenAddress address) implements SourceInput {}

  /** What carries syslog messages. */
  enum Transport {
    UDP,
    TCP
  }

  /**
   * systemd's journal.
   *
   * @param unit whose messages to read, such as {@code postgresql@15-main}
   */
  record Journal(String unit) implements SourceInput {}

  /** The agent's own standard input. */
  record Stdin() implements SourceInput {}
}
