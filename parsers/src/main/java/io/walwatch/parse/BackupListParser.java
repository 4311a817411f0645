/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns the output of listing commands into backups. One instance for one look, used by one thread;
 * it keeps no more than it needs to put a backup together.
 */
public interface BackupListParser {
  /**
   * Reads the output of one command to its end; called for each command of the provider, in their
   * order.
   *
   * @throws MalformedListException when this is not the listing it should be
   * @throws IOException when the output cannot be read
   */
  void parse(InputStream output, BackupSink sink) throws IOException;

  /** Every command has been read: hands over what could only be told then. */
  default void end(BackupSink sink) throws IOException {}
}
