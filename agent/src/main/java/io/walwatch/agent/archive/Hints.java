/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Path;

/** Turns what the watch tells into transitions. What it cannot make sense of, a listing will. */
final class Hints implements DirectoryWatcher.Listener {
  private final QueueFiles files;
  private final QueueEvents events;
  private final Runnable missed;
  private Path directory = Path.of("");

  /**
   * Hears nothing yet.
   *
   * @param missed called when something may have happened that was not told
   */
  Hints(QueueFiles files, QueueEvents events, Runnable missed) {
    this.files = files;
    this.events = events;
    this.missed = missed;
  }

  /** What the names that are told of lie in. */
  void directory(Path newDirectory) {
    directory = newDirectory;
  }

  @Override
  public void created(String name) {
    try {
      if (StatusName.READY.matches(name)) {
        long key = StatusName.READY.key(name, files.names());
        if (key != SegmentKey.NONE) {
          files.readyCreated(directory, key);
        }
      } else if (StatusName.DONE.matches(name)) {
        long key = StatusName.DONE.key(name, files.names());
        if (key != SegmentKey.NONE) {
          files.doneCreated(directory, key);
        }
      }
    } catch (IOException e) {
      missed.run();
    }
  }

  @Override
  public void deleted(String name) {
    if (StatusName.READY.matches(name)) {
      files.readyDeleted(StatusName.READY.key(name, files.names()));
    } else if (StatusName.DONE.matches(name)) {
      files.doneDeleted(StatusName.DONE.key(name, files.names()));
    }
  }

  @Override
  public void overflowed() {
    missed.run();
    files.blind();
    events.overflowed();
  }
}
