/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who keeps backups or snapshots; each kind has keys of its own. */
public enum BackupProvider {
  WAL_E,
  WAL_G,
  PGBACKREST,
  BARMAN,
  LVM,
  AZURE_DISK,
  S3,
  DIRECTORY,
  COMMAND;

  private static final Map<String, BackupProvider> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toMap(
                  BackupProvider::providerName, p -> p, (first, second) -> first, TreeMap::new));

  /** As in the configuration and in the label {@code provider}. */
  public String providerName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Map<String, BackupProvider> byName() {
    return Collections.unmodifiableMap(BY_NAME);
  }

  /** The keys without which this provider does not know what to list. */
  List<String> requiredKeys() {
    return switch (this) {
      case WAL_E, WAL_G, PGBACKREST, BARMAN -> List.of();
      case LVM -> List.of("volume");
      case AZURE_DISK -> List.of("resource_group", "disk");
      case S3 -> List.of("bucket");
      case DIRECTORY -> List.of("files");
      case COMMAND -> List.of("command");
    };
  }

  List<String> optionalKeys() {
    return switch (this) {
      case DIRECTORY, COMMAND -> List.of();
      case S3 -> List.of("prefix", "command");
      case WAL_E, WAL_G, PGBACKREST, BARMAN, LVM, AZURE_DISK -> List.of("command");
    };
  }
}
