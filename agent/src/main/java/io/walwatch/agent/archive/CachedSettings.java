/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of a server, read again when one of their files is another or has changed. */
final class CachedSettings {
  private final Path dataDirectory;
  private Optional<ServerSettings> settings = Optional.empty();
  private List<String> stamps = List.of();

  /** A file may change after it was read and before it is stamped, so each is read twice. */
  private boolean confirmed;

  CachedSettings(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /** The settings; empty when they cannot be read now. */
  Optional<ServerSettings> get() {
    boolean isSame = settings.isPresent() && stamps().equals(stamps);
    if (!isSame || !confirmed) {
      confirmed = isSame;
      settings = read();
      stamps = stamps();
    }
    return settings;
  }

  /** What is read in part only would pass a value off as the one in force. */
  private Optional<ServerSettings> read() {
    return Optional.of(ServerSettings.read(dataDirectory)).filter(ServerSettings::isComplete);
  }

  private List<String> stamps() {
    return settings.map(ServerSettings::lookedAt).orElse(List.of()).stream()
        .map(CachedSettings::stamp)
        .toList();
  }

  private static String stamp(Path file) {
    try {
      return Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime").toString();
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }
}
