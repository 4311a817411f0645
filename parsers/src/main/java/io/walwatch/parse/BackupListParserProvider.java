/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.List;
import java.util.Set;

/** Knows a tool that lists backups; found through {@link java.util.ServiceLoader}. */
public interface BackupListParserProvider {
  /** The key {@code command} of the configuration, which every provider may have. */
  String COMMAND = "command";

  /**
   * The key for the size of the WAL segments in a store, in bytes, which the agent reads; a
   * provider that lists WAL may have it.
   */
  String WAL_SEGMENT_SIZE = "wal_segment_size";

  /** Far above any listing of backups; see {@link #outputLimitBytes()}. */
  long DEFAULT_OUTPUT_LIMIT_BYTES = 16L << 20;

  /** The name used in configuration and label, such as {@code wal-e}. */
  String name();

  /** Keys of the configuration without which this provider does not know what to list. */
  default Set<String> requiredKeys() {
    return Set.of();
  }

  /** Keys of the configuration that may be there. */
  default Set<String> optionalKeys() {
    return Set.of(COMMAND);
  }

  /** The commands to be run, in their order, each as program and arguments. */
  List<List<String>> commands(BackupListRequest request);

  /** A new parser for the output of these commands. */
  BackupListParser create(BackupListRequest request);

  /** What one command may print before it is stopped. */
  default long outputLimitBytes() {
    return DEFAULT_OUTPUT_LIMIT_BYTES;
  }
}
