/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** The directory that survives a restart. One agent uses it at a time. */
final class StateDirectory implements AutoCloseable {
  private static final Logger logger = LogManager.getLogger(StateDirectory.class);

  private final Path path;
  private final @Nullable FileChannel lock;

  private StateDirectory(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates and locks the directory. One that cannot be written is said, and used all the same: it
   * may become writable, and monitoring without memory is better than none.
   *
   * @throws UsageException when another agent uses it
   */
  static StateDirectory open(Path path) throws UsageException {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new UsageException(
            "the state directory "
                + path
                + " is in use by another walwatch; give each its own with --state-dir");
      }
      return new StateDirectory(path, channel);
    } catch (IOException e) {
      logger.error(
          "The state directory {} cannot be written ({}): after a restart, counters start at 0 and"
              + " logs are read from their end. Create it for the user of walwatch, or name"
              + " another with --state-dir",
          path,
          IoReason.withFile(e));
      return new StateDirectory(path, null);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      logger.warn("The lock of {} was not given back: {}", path, IoReason.withFile(e));
    }
  }
}
