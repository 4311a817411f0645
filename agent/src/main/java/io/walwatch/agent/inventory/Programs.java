/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs as a shell would. */
final class Programs {
  private final String searchPath;

  Programs(String searchPath) {
    this.searchPath = searchPath;
  }

  static Programs ofEnvironment() {
    String path = System.getenv("PATH");
    return new Programs(path == null ? "/usr/local/bin:/usr/bin:/bin" : path);
  }

  /**
   * The file of a program.
   *
   * @throws ListingException when there is none, or none that may be executed
   */
  Path find(String program) throws ListingException {
    if (program.contains("/")) {
      Path file = path(program);
      if (!Files.exists(file)) {
        throw new ListingException(program + " does not exist");
      }
      return executable(file)
          .orElseThrow(
              () -> new ListingException(program + " may not be executed by this user: chmod +x"));
    }
    Optional<Path> found = search(program);
    return found.orElseThrow(
        () ->
            new ListingException(
                program
                    + " was not found in PATH ("
                    + searchPath
                    + "): install it, or name it"
                    + " with its directory"));
  }

  Optional<Path> search(String program) {
    for (String directory : searchPath.split(":", -1)) {
      Optional<Path> found =
          directory.isEmpty() ? Optional.empty() : executable(Path.of(directory, program));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> executable(Path file) {
    return Optional.of(file).filter(Files::isRegularFile).filter(Files::isExecutable);
  }

  private static Path path(String program) throws ListingException {
    try {
      return Path.of(program);
    } catch (InvalidPathException e) {
      throw new ListingException("\"" + program + "\" is no path: " + e.getReason());
    }
  }
}
