/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** Makes parsers of one kind; found through {@link java.util.ServiceLoader}. */
public interface LogParserProvider {
  /** The name used in configuration and labels, such as {@code wal-e}. */
  String name();

  /** Whether the events of this parser are an archiver's (its name becomes a label value). */
  boolean isArchiver();

  /**
   * Whether an archive_command or restore_command runs this archiver.
   *
   * @param command the setting's value as configured
   */
  boolean claims(String command);

  /**
   * Whether each file that is handed over leaves a record in the log, as the archiver is installed:
   * then silence beside a moving queue means that nobody reads its log. An archiver that tells only
   * where it was asked to is expected to go on once it has told something.
   */
  default boolean tellsEveryPush() {
    return true;
  }

  /** A new parser for one stream. */
  LogParser create();
}
