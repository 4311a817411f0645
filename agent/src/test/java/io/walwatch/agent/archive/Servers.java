/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import java.util.Optional;
import java.util.OptionalLong;

/** Servers as their files would describe them. */
final class Servers {
  private Servers() {}

  static ServerStatus primary() {
    return server(false, ArchiveMode.ON, 1L << 24);
  }

  static ServerStatus standby(ArchiveMode mode) {
    return server(true, mode, 1L << 24);
  }

  static ServerStatus server(boolean inRecovery, ArchiveMode mode, long segmentBytes) {
    return new ServerStatus(
        Optional.of("15"),
        OptionalLong.of(7_710_943_708_104_973_467L),
        Optional.of(inRecovery),
        Optional.of(true),
        Optional.of(mode),
        Optional.of("true"),
        Optional.empty(),
        OptionalLong.of(segmentBytes),
        OptionalLong.of(1),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** A primary whose last checkpoint has this redo position on the first timeline. */
  static ServerStatus primaryAt(long redoPosition) {
    ServerStatus status = primary();
    return new ServerStatus(
        status.version(),
        status.systemIdentifier(),
        status.inRecovery(),
        status.running(),
        status.archiveMode(),
        status.archiveCommand(),
        status.archiveLibrary(),
        status.segmentSizeBytes(),
        status.timeline(),
        OptionalLong.of(redoPosition),
        status.walDirectoryBytes(),
        status.filesystemSizeBytes(),
        status.filesystemAvailBytes());
  }

  /** The same with another system identifier. */
  static ServerStatus other(ServerStatus status) {
    return new ServerStatus(
        status.version(),
        OptionalLong.of(7),
        status.inRecovery(),
        status.running(),
        status.archiveMode(),
        status.archiveCommand(),
        status.archiveLibrary(),
        status.segmentSizeBytes(),
        status.timeline(),
        status.redoPosition(),
        status.walDirectoryBytes(),
        status.filesystemSizeBytes(),
        status.filesystemAvailBytes());
  }
}
