/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

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

  private Optional<ServerSettings> read() {
    try {
      return Optional.of(ServerSettings.read(dataDirectory));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<String> stamps() {
    return settings.map(ServerSettings::files).orElse(List.of()).stream()
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
