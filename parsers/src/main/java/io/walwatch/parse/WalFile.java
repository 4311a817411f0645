/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import org.jspecify.annotations.Nullable;

/**
 * A file of {@code pg_wal} by name, as in an archiver's record.
 *
 * @param name as in pg_wal, such as {@code 000000010000000000000001} or {@code 00000002.history}
 */
public record WalFile(String name, WalFileKind kind) {
  private static final int SEGMENT_LENGTH = 24;
  private static final int TIMELINE_LENGTH = 8;
  private static final int BACKUP_LENGTH = SEGMENT_LENGTH + 1 + 8 + ".backup".length();

  /** Reads a name, or null when it is none of the four kinds. */
  public static @Nullable WalFile parse(String name) {
    WalFileKind kind = kindOf(name);
    return kind == null ? null : new WalFile(name, kind);
  }

  private static @Nullable WalFileKind kindOf(String name) {
    if (isHex(name, 0, SEGMENT_LENGTH)) {
      if (name.length() == SEGMENT_LENGTH) {
        return WalFileKind.SEGMENT;
      }
      if (name.length() == SEGMENT_LENGTH + ".partial".length() && name.endsWith(".partial")) {
        return WalFileKind.PARTIAL;
      }
      return isBackup(name) ? WalFileKind.BACKUP : null;
    }
    boolean history =
        name.length() == TIMELINE_LENGTH + ".history".length()
            && isHex(name, 0, TIMELINE_LENGTH)
            && name.endsWith(".history");
    return history ? WalFileKind.HISTORY : null;
  }

  private static boolean isBackup(String name) {
    return name.length() == BACKUP_LENGTH
        && name.charAt(SEGMENT_LENGTH) == '.'
        && isHex(name, SEGMENT_LENGTH + 1, SEGMENT_LENGTH + 9)
        && name.endsWith(".backup");
  }

  /** PostgreSQL writes these names with upper-case digits only (xlog_internal.h, XLogFileName). */
  private static boolean isHex(String name, int from, int to) {
    if (name.length() < to) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))) {
        return false;
      }
    }
    return true;
  }
}
