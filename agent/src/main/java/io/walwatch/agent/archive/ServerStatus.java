/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server's files say about it, without a login. Immutable. An empty optional says "could not
 * be read", never a default.
 *
 * @param version major version, such as {@code 15} or {@code 9.6}
 * @param systemIdentifier from pg_control
 * @param inRecovery whether it is a standby or recovering
 * @param running whether postmaster.pid names a live postmaster
 * @param archiveMode as the server's options and files say
 * @param archiveCommand as the server's options and files say; an empty text where none is set
 * @param archiveLibrary the same, from version 15
 * @param segmentSizeBytes from a WAL file or pg_control
 * @param timeline of the last checkpoint
 * @param redoPosition redo position of the last checkpoint, in bytes
 * @param walDirectoryBytes all files in pg_wal
 * @param filesystemSizeBytes size of the file system of pg_wal
 * @param filesystemAvailBytes what is free there for its owner
 */
public record ServerStatus(
    Optional<String> version,
    OptionalLong systemIdentifier,
    Optional<Boolean> inRecovery,
    Optional<Boolean> running,
    Optional<ArchiveMode> archiveMode,
    Optional<String> archiveCommand,
    Optional<String> archiveLibrary,
    OptionalLong segmentSizeBytes,
    OptionalLong timeline,
    OptionalLong redoPosition,
    OptionalLong walDirectoryBytes,
    OptionalLong filesystemSizeBytes,
    OptionalLong filesystemAvailBytes) {
  /** Where a primary that archives would recover from: it has finished every segment below. */
  Optional<HandedOver.RedoPoint> redoOfArchivingPrimary() {
    boolean archives =
        inRecovery.equals(Optional.of(false))
            && archiveMode.filter(mode -> mode != ArchiveMode.OFF).isPresent();
    return archives && timeline.isPresent() && redoPosition.isPresent()
        ? Optional.of(new HandedOver.RedoPoint(timeline.getAsLong(), redoPosition.getAsLong()))
        : Optional.empty();
  }

  /**
   * What it archives with. Where both are set, version 15 runs the library in the place of the
   * command, and later ones run neither (pgarch.c).
   */
  public Optional<ArchiveMethod> archiveMethod() {
    if (archiveLibrary.filter(library -> !library.isEmpty()).isPresent()) {
      return Optional.of(ArchiveMethod.LIBRARY);
    }
    if (archiveCommand.filter(command -> !command.isEmpty()).isPresent()) {
      return Optional.of(ArchiveMethod.COMMAND);
    }
    return archiveCommand.isPresent() && archiveLibrary.isPresent()
        ? Optional.of(ArchiveMethod.NONE)
        : Optional.empty();
  }

  /** What a server archives with. */
  public enum ArchiveMethod {
    COMMAND,
    LIBRARY,
    NONE
  }

  /** PostgreSQL's setting of the same name. */
  public enum ArchiveMode {
    OFF,
    ON,
    ALWAYS
  }
}
