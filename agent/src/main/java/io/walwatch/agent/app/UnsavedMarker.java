/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Says, outside of the state directory, that values were shown which could not be written down
 * there: the next start must not go on from older ones. It stands in two places: one that is
 * writable where hardly anything is, and goes with a boot, and one that survives it.
 */
final class UnsavedMarker {
  private static final Logger logger = LogManager.getLogger(UnsavedMarker.class);

  private final List<Path> files;

  /**
   * The marker of one state directory.
   *
   * @param directories one of them should be writable when the state directory is not
   */
  UnsavedMarker(List<Path> directories, Path stateDirectory) {
    String name = "walwatch-unsaved-" + nameOf(stateDirectory);
    files = directories.stream().map(directory -> directory.resolve(name)).toList();
  }

  /**
   * The marker in the runtime and the cache directory that systemd gives, else where temporary
   * files go, and where those go that survive a boot (file-hierarchy(7)).
   *
   * @param environment {@code RUNTIME_DIRECTORY} and {@code CACHE_DIRECTORY} may name several each
   */
  static UnsavedMarker of(Path stateDirectory, Map<String, String> environment) {
    Path runtime =
        directory(environment, "RUNTIME_DIRECTORY", System.getProperty("java.io.tmpdir"));
    Path lasting = directory(environment, "CACHE_DIRECTORY", "/var/tmp");
    return new UnsavedMarker(List.of(runtime, lasting), stateDirectory);
  }

  private static Path directory(Map<String, String> environment, String name, String otherwise) {
    String first = environment.getOrDefault(name, "").split(":", -1)[0];
    return Path.of(first.isEmpty() ? otherwise : first);
  }

  private static String nameOf(Path stateDirectory) {
    CRC32C crc = new CRC32C();
    crc.update(
        stateDirectory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** Whether values were shown that are not in the checkpoint. */
  boolean isSet() {
    return files.stream().anyMatch(UnsavedMarker::isSet);
  }

  private static boolean isSet(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isOurs(file);
  }

  /** Temporary directories are open to all: what another user left there says nothing. */
  private static boolean isOurs(Path file) {
    try {
      return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getOwner(Path.of("/proc/self")));
    } catch (NoSuchFileException gone) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return true;
    }
  }

  /** Sets the marker; returns whether it is there now, in one place at least. */
  boolean set() {
    boolean set = false;
    for (Path file : files) {
      set |= set(file);
    }
    return set;
  }

  private static boolean set(Path file) {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException there) {
      return isOurs(file);
    } catch (IOException e) {
      logger.debug("{} cannot be written: {}", file, IoReason.of(e));
      return false;
    }
  }

  /** Everything that is shown is written down again. */
  void clear() {
    files.forEach(UnsavedMarker::clear);
  }

  private static void clear(Path file) {
    try {
      if (isSet(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      logger.warn("{} cannot be removed: {}", file, IoReason.of(e));
    }
  }
}
