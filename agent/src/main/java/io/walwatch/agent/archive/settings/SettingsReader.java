/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import io.walwatch.agent.archive.settings.SettingsSyntax.Assignment;
import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a configuration file and what it includes, in PostgreSQL's order: a later value wins. A
 * line that PostgreSQL would refuse is told as a problem and skipped.
 */
final class SettingsReader {
  /** PostgreSQL's CONF_FILE_MAX_DEPTH. */
  private static final int MAX_DEPTH = 10;

  private final HostFiles files;
  private final Map<String, String> settings;

  SettingsReader(HostFiles files, Map<String, String> settings) {
    this.files = files;
    this.settings = settings;
  }

  /** Reads a file and what it includes; false where it could not be read. */
  boolean read(Path file) {
    return read(file, 0);
  }

  private boolean read(Path file, int depth) {
    if (depth > MAX_DEPTH) {
      files.unread(file, "is included more than " + MAX_DEPTH + " levels deep");
      return false;
    }
    Optional<String> text = files.text(file);
    if (text.isEmpty()) {
      return false;
    }
    int line = 0;
    for (String content : text.get().split("\n", -1)) {
      line++;
      Assignment assignment = SettingsSyntax.parse(content);
      if (assignment == null) {
        files.problem(file, "line " + line + " is not understood");
      } else if (!assignment.equals(Assignment.NONE)) {
        apply(assignment, file, depth);
      }
    }
    return true;
  }

  private void apply(Assignment assignment, Path file, int depth) {
    switch (assignment.name()) {
      case "include" -> include(target(assignment, file), file, depth);
      case "include_if_exists" -> read(target(assignment, file), depth + 1);
      case "include_dir" -> includeDirectory(target(assignment, file), depth);
      default -> settings.put(assignment.name(), assignment.value());
    }
  }

  /** A relative name counts from the file that names it. */
  private Path target(Assignment assignment, Path file) {
    String name = assignment.value();
    return name.startsWith("/") ? files.absolute(name) : file.resolveSibling(name);
  }

  private void include(Path target, Path file, int depth) {
    int before = files.problems().size();
    if (!read(target, depth + 1) && files.problems().size() == before) {
      files.unread(file, "includes " + target + ", which does not exist");
    }
  }

  /** PostgreSQL takes the names that end in .conf and do not begin with a dot, in strcmp order. */
  private void includeDirectory(Path directory, int depth) {
    files.lookedAt(directory);
    try {
      for (Path entry : DirectoryEntries.list(directory)) {
        String name = entry.getFileName().toString();
        if (name.endsWith(".conf") && !name.startsWith(".") && !Files.isDirectory(entry)) {
          read(entry, depth + 1);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException ignored) {
      files.unread(directory, "is not a directory");
    } catch (IOException e) {
      files.unread(directory, "cannot be listed: " + e);
    }
  }
}
