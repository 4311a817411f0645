/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a host's files and remembers which were read and which could not be. */
final class HostFiles {
  /** A hundred times what a real postgresql.conf holds: no special file can fill the memory. */
  private static final int MAX_FILE_BYTES = 4 << 20;

  /** Three includes in a circle, ten levels deep, would be 59,049 files. */
  private static final int MAX_FILES = 500;

  private static final int MAX_PROBLEMS = 20;

  private final Path root;
  private final List<Path> read = new ArrayList<>();
  private final Set<Path> lookedAt = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();
  private boolean allRead = true;

  HostFiles(Path root) {
    this.root = root;
  }

  /** The same host, for a look that leaves no trace in what was read. */
  HostFiles unrecorded() {
    return new HostFiles(root);
  }

  /** An absolute name as the server knows it, as a path below this host's root. */
  Path absolute(String name) {
    return root.resolve(root.getFileSystem().getPath("/").relativize(Path.of(name).normalize()));
  }

  /** The text of a file; empty when it is not there, or cannot be read, which is a problem. */
  Optional<String> text(Path file) {
    lookedAt.add(file);
    if (read.size() >= MAX_FILES) {
      unread(file, "is not read: more than " + MAX_FILES + " files");
      return Optional.empty();
    }
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        unread(file, "is not a regular file");
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        if (bytes.length > MAX_FILE_BYTES) {
          unread(file, "is longer than " + MAX_FILE_BYTES + " bytes");
          return Optional.empty();
        }
        read.add(file);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException ignored) {
      return Optional.empty();
    } catch (AccessDeniedException ignored) {
      unread(file, "cannot be read: permission denied");
    } catch (IOException e) {
      unread(file, "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** A file or directory that should have been read and was not. */
  void unread(Path file, String what) {
    allRead = false;
    problem(file, what);
  }

  void lookedAt(Path directory) {
    lookedAt.add(directory);
  }

  List<Path> lookedAt() {
    return List.copyOf(lookedAt);
  }

  boolean allRead() {
    return allRead;
  }

  void problem(Path file, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(file + " " + what);
    }
  }

  List<Path> read() {
    return read;
  }

  List<String> problems() {
    return problems;
  }
}
