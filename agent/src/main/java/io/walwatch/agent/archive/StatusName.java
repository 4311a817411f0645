/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

/** The two suffixes of archive_status (xlogarchive.c, StatusFilePath). */
enum StatusName {
  READY(".ready"),
  DONE(".done");

  private final String suffix;

  StatusName(String suffix) {
    this.suffix = suffix;
  }

  boolean matches(String fileName) {
    return fileName.endsWith(suffix);
  }

  /** Key of the file that a status file is about, or {@link SegmentKey#NONE}. */
  long key(String fileName, FileKeys keys) {
    return keys.key(fileName, fileName.length() - suffix.length());
  }

  String fileName(String base) {
    return base + suffix;
  }
}
