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
 * anew leaves a watch that is valid and blind, so what the path leads to is compared each time. A
 * network file system takes a watch and never tells what other hosts do.
 */
final class Watching {
  /** Listings that find what was not told, one after the other, until the watch counts as deaf. */
  private static final int DEAF_SCANS = 2;

  private final DirectoryWatcher watcher;
  private final DirectoryWatcher.Listener listener;
  private DirectoryWatcher.@Nullable Watch watch;
  private String identity = "";
  private String problem = "";
  private int untoldScans;

  /** What became of the watch since the last look. */
  enum Renewal {
    UNBROKEN,
    BROKEN,
    ANOTHER_DIRECTORY
  }

  Watching(DirectoryWatcher watcher, DirectoryWatcher.Listener listener) {
    this.watcher = watcher;
    this.listener = new Hearing(listener);
  }

  /**
   * Sees to it that the directory is watched, if it can be.
   *
   * @throws IOException when the directory itself cannot be used
   */
  Renewal renew(Path directory) throws IOException {
    String now = StatusDirectory.identity(directory);
    boolean isAnother = !identity.isEmpty() && !now.equals(identity);
    DirectoryWatcher.Watch running = watch;
    if (running != null && running.isValid() && !isAnother) {
      return Renewal.UNBROKEN;
    }
    stop();
    try {
      watch = watcher.watch(directory, listener);
      problem = "";
      untoldScans = 0;
    } catch (NoSuchFileException | AccessDeniedException | NotDirectoryException e) {
      throw e;
    } catch (IOException e) {
      problem = explain(e);
    }
    // One that cannot be used yet is still another one when it can.
    identity = now;
    return isAnother ? Renewal.ANOTHER_DIRECTORY : Renewal.BROKEN;
  }

  /** Lets go of the directory, until the next {@link #renew}. */
  void stop() {
    DirectoryWatcher.Watch running = watch;
    watch = null;
    if (running != null) {
      running.cancel();
    }
  }

  /** Whether changes can be expected to be told. */
  boolean isHearing() {
    return watch != null && untoldScans < DEAF_SCANS;
  }

  /** A listing found something that should have been told before. */
  void toldNothing() {
    untoldScans++;
  }

  /** Why the directory is not watched; empty when it is. */
  String problem() {
    return watch != null && !isHearing()
        ? "changes are not told, as on network file systems"
        : problem;
  }

  /** Whatever is told, the watch is not deaf. */
  private final class Hearing implements DirectoryWatcher.Listener {
    private final DirectoryWatcher.Listener next;

    Hearing(DirectoryWatcher.Listener next) {
      this.next = next;
    }

    @Override
    public void created(String name) {
      untoldScans = 0;
      next.created(name);
    }

    @Override
    public void deleted(String name) {
      untoldScans = 0;
      next.deleted(name);
    }

    @Override
    public void overflowed() {
      untoldScans = 0;
      next.overflowed();
    }
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
