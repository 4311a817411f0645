/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.archive.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a server's log collector, by format. They follow from log_directory and
 * log_filename; current_logfiles adds what follows from settings that are no longer in the files.
 */
final class CollectorLogs {
  private static final String DEFAULT_FILENAME = "postgresql-%Y-%m-%d_%H%M%S.log";

  private final Path root;
  private final Path dataDirectory;
  private final ServerSettings settings;

  CollectorLogs(Path root, Path dataDirectory, ServerSettings settings) {
    this.root = root;
    this.dataDirectory = dataDirectory;
    this.settings = settings;
  }

  /**
   * Globs by format. Raw output of the server's children goes to the stderr file whatever
   * log_destination says, so that is always among them.
   *
   * @param defaultDirectory log_directory's default: pg_log up to 9.6, log since
   */
  Map<LogFormat, List<String>> globs(Set<String> destinations, String defaultDirectory) {
    Map<LogFormat, List<String>> globs = new EnumMap<>(LogFormat.class);
    String directory =
        LogFileNames.literal(
            resolve(settings.get("log_directory").orElse(defaultDirectory)).toString());
    String filename = settings.get("log_filename").orElse(DEFAULT_FILENAME);
    for (LogFormat format : LogFormat.values()) {
      if (format == LogFormat.STDERR) {
        add(globs, format, directory + "/" + LogFileNames.ofPattern(filename));
      } else if (destinations.contains(format.formatName())) {
        String name = LogFileNames.withSuffix(filename, format.suffix());
        add(globs, format, directory + "/" + LogFileNames.ofPattern(name));
      }
    }
    current().forEach((format, file) -> addUnmatched(globs, format, file));
    return globs;
  }

  /** The lines of current_logfiles; a server without a collector has no such file. */
  Map<LogFormat, Path> current() {
    Map<LogFormat, Path> files = new EnumMap<>(LogFormat.class);
    try {
      for (String line : Files.readAllLines(dataDirectory.resolve("current_logfiles"))) {
        int blank = line.indexOf(' ');
        Optional<LogFormat> format =
            List.of(LogFormat.values()).stream()
                .filter(known -> blank > 0 && known.formatName().equals(line.substring(0, blank)))
                .findFirst();
        format.ifPresent(known -> files.put(known, resolve(line.substring(blank + 1))));
      }
    } catch (IOException ignored) {
      return files;
    }
    return files;
  }

  private Path resolve(String name) {
    return name.startsWith("/")
        ? root.resolve(name.substring(1)).normalize()
        : dataDirectory.resolve(name).normalize();
  }

  private static void addUnmatched(
      Map<LogFormat, List<String>> globs, LogFormat format, Path file) {
    boolean known =
        globs.getOrDefault(format, List.of()).stream()
            .anyMatch(g -> FileSystems.getDefault().getPathMatcher("glob:" + g).matches(file));
    if (!known && file.getParent() != null) {
      String directory = LogFileNames.literal(file.getParent().toString());
      add(globs, format, directory + "/" + LogFileNames.likeThis(file.getFileName().toString()));
    }
  }

  private static void add(Map<LogFormat, List<String>> globs, LogFormat format, String glob) {
    globs.computeIfAbsent(format, key -> new ArrayList<>()).add(glob);
  }
}
