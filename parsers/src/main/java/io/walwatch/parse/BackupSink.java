/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Takes what a listing shows, piece by piece, so that a listing of a million objects needs no more
 * memory than one of ten. Called by one thread.
 */
public interface BackupSink {
  /** A backup or snapshot. */
  void backup(Backup backup);

  /** Something that takes room in the store, backup or not. */
  default void stored(long bytes) {}

  /**
   * A WAL file that lies in the store, in any order; the same one may come twice.
   *
   * @param name as in pg_wal, without the suffix of a compression; of any {@link WalFileKind}
   */
  default void walFile(String name) {}

  /**
   * The listing shows the WAL in the store too, even if there is none. Where it shows backups first
   * and WAL then, called between them.
   */
  default void walListed() {}

  /**
   * The same, but of the WAL only what is not below this segment, as {@link
   * BackupListRequest#walFrom()} has asked for; called between backups and WAL.
   *
   * @param segment comes itself, if it is still there
   */
  default void walListedFrom(String segment) {}

  /**
   * A volume that ought to have a backup.
   *
   * @param name as in {@link Backup#volume()}
   */
  default void volume(String name) {}

  /**
   * How full the space of snapshots is.
   *
   * @param ratio 0 to 1
   */
  default void spaceUsed(double ratio) {}
}
