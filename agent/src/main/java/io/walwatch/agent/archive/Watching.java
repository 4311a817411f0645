/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one directory watched, whatever becomes of it. A directory that was moved away and made
 * anew leaves a watch that is valid and blind, so what the path leads to is compared each time.
 */
final class Watching {
  private final DirectoryWatcher watcher;
  private final DirectoryWatcher.Listener listener;
  private DirectoryWatcher.@Nullable Watch watch;
  private String identity = "";
  private String problem = "";

  Watching(DirectoryWatcher watcher, DirectoryWatcher.Listener listener) {
    this.watcher = watcher;
    this.listener = listener;
  }

  /**
   * Sees to it that the directory is watched, if it can be.
   *
   * @return whether the watch runs without a break since the last call
   * @throws IOException when the directory itself cannot be used
   */
  boolean renew(Path directory) throws IOException {
    String now = StatusDirectory.identity(directory);
    DirectoryWatcher.Watch running = watch;
    if (running != null && running.isValid() && now.equals(identity)) {
      return true;
    }
    stop();
    try {
      watch = watcher.watch(directory, listener);
      identity = now;
      problem = "";
    } catch (NoSuchFileException | AccessDeniedException | NotDirectoryException e) {
      throw e;
    } catch (IOException e) {
      problem = explain(e);
    }
    return false;
  }

  /** Lets go of the directory, until the next {@link #renew}. */
  void stop() {
    DirectoryWatcher.Watch running = watch;
    watch = null;
    if (running != null) {
      running.cancel();
    }
  }

  boolean isRunning() {
    return watch != null;
  }

  /** Why the directory is not watched; empty when it is. */
  String problem() {
    return problem;
  }

  /** The JDK names the limit (LinuxWatchService), but not the knob. */
  private static String explain(IOException e) {
    String message = String.valueOf(e.getMessage());
    String lowerCase = message.toLowerCase(Locale.ROOT);
    if (lowerCase.contains("watches")) {
      return message + " (raise sysctl fs.inotify.max_user_watches)";
    }
    return lowerCase.contains("instances")
        ? message + " (raise sysctl fs.inotify.max_user_instances)"
        : message;
  }
}
