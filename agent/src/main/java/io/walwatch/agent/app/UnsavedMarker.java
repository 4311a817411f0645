/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Says, outside of the state directory, that values were shown which could not be written down
 * there: the next start must not go on from older ones. Lives as long as the boot does; after
 * another boot, counters go on from a clean stop only.
 */
final class UnsavedMarker {
  private static final Logger logger = LogManager.getLogger(UnsavedMarker.class);

  private final Path file;

  /**
   * The marker of one state directory.
   *
   * @param runtimeDirectory must be writable when the state directory is not
   */
  UnsavedMarker(Path runtimeDirectory, Path stateDirectory) {
    file = runtimeDirectory.resolve("walwatch-unsaved-" + nameOf(stateDirectory));
  }

  /**
   * The marker where systemd says, else where temporary files go.
   *
   * @param environment {@code RUNTIME_DIRECTORY} may name several directories
   */
  static UnsavedMarker of(Path stateDirectory, Map<String, String> environment) {
    String runtime = environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", -1)[0];
    Path directory = Path.of(runtime.isEmpty() ? System.getProperty("java.io.tmpdir") : runtime);
    return new UnsavedMarker(directory, stateDirectory);
  }

  private static String nameOf(Path stateDirectory) {
    CRC32C crc = new CRC32C();
    crc.update(
        stateDirectory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** Whether values were shown that are not in the checkpoint. */
  boolean isSet() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isOurs();
  }

  /** Temporary directories are open to all: what another user left there says nothing. */
  private boolean isOurs() {
    try {
      return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
          .equals(Files.getOwner(Path.of("/proc/self")));
    } catch (NoSuchFileException gone) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return true;
    }
  }

  /** Sets the marker; returns whether it is there now. */
  boolean set() {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException there) {
      return isOurs();
    } catch (IOException e) {
      logger.warn("{} cannot be written: {}", file, e.toString());
      return false;
    }
  }

  /** Everything that is shown is written down again. */
  void clear() {
    try {
      if (isSet()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      logger.warn("{} cannot be removed: {}", file, e.toString());
    }
  }
}
