/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the main configuration file of a data directory: named on the server's command line, in the
 * data directory, or in Debian's {@code /etc/postgresql/VERSION/NAME}.
 */
final class ConfigFileFinder {
  private static final String NAME = "postgresql.conf";

  private final HostFiles files;
  private final Path dataDirectory;

  ConfigFileFinder(HostFiles files, Path dataDirectory) {
    this.files = files;
    this.dataDirectory = dataDirectory;
  }

  Optional<Path> find(PostmasterOptions options) {
    return named(options)
        .or(() -> options.directory().flatMap(this::configurationDirectory))
        .or(() -> existing(dataDirectory.resolve(NAME)))
        .or(this::debian);
  }

  private Optional<Path> named(PostmasterOptions options) {
    // A relative name counts from wherever the server was started, which nothing here tells.
    return Optional.ofNullable(options.settings().get("config_file"))
        .filter(name -> name.startsWith("/"))
        .map(files::absolute)
        .filter(Files::exists);
  }

  /**
   * {@code -D} may name a directory of configuration only. One with a PG_VERSION is a data
   * directory: this one, or seen from a container another server's.
   */
  private Optional<Path> configurationDirectory(String directory) {
    if (!directory.startsWith("/")) {
      return Optional.empty();
    }
    Path path = files.absolute(directory);
    return Files.exists(path.resolve("PG_VERSION"))
        ? Optional.empty()
        : existing(path.resolve(NAME));
  }

  private Optional<Path> debian() {
    Path etc = files.absolute("/etc/postgresql");
    Path parent = dataDirectory.getParent();
    if (parent != null && parent.getFileName() != null) {
      Path same =
          etc.resolve(parent.getFileName().toString())
              .resolve(dataDirectory.getFileName().toString())
              .resolve(NAME);
      if (pointsHere(same)) {
        return Optional.of(same);
      }
    }
    return existing(etc).flatMap(this::search);
  }

  /** One cluster's directory may be closed to this user, and another one's be the one. */
  private Optional<Path> search(Path etc) {
    Map<Path, IOException> closed = new LinkedHashMap<>();
    Optional<Path> found =
        list(etc, closed).stream()
            .flatMap(version -> list(version, closed).stream())
            .map(cluster -> cluster.resolve(NAME))
            .filter(this::pointsHere)
            .findFirst();
    if (found.isEmpty()) {
      closed.forEach((place, why) -> files.unread(place, "cannot be listed: " + why));
    }
    return found;
  }

  private static List<Path> list(Path directory, Map<Path, IOException> closed) {
    try {
      return DirectoryEntries.list(directory);
    } catch (NotDirectoryException ignored) {
      return List.of();
    } catch (IOException e) {
      closed.put(directory, e);
      return List.of();
    }
  }

  private boolean pointsHere(Path file) {
    if (!Files.isReadable(file)) {
      return false;
    }
    Map<String, String> settings = new HashMap<>();
    HostFiles quiet = files.unrecorded();
    new SettingsReader(quiet, settings).read(file);
    String directory = settings.get("data_directory");
    return directory != null
        && directory.startsWith("/")
        && files.absolute(directory).equals(dataDirectory.normalize());
  }

  private static Optional<Path> existing(Path path) {
    return Optional.of(path).filter(Files::exists);
  }
}
