/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what became of a log that was read until a stop, and was rotated before the next start to
 * where it cannot be read: compressed by other means than gzip, or into another directory.
 */
final class Missing {
  private final Tailing tailing;
  private final Lookout lookout;
  private final Map<String, FilePosition> lastAtPath = new HashMap<>();

  /**
   * To be made before anything is found.
   *
   * @param remembered oldest first
   */
  Missing(Tailing tailing, Lookout lookout, List<FilePosition> remembered) {
    this.tailing = tailing;
    this.lookout = lookout;
    remembered.forEach(position -> lastAtPath.put(position.path(), position));
  }

  /** A file that is remembered is given up. What is known to be unread of it was counted. */
  void tell(FilePosition position) {
    Path path = Path.of(position.path());
    // Older ones go with time, and so do those with a date in their name.
    FileStat there = lookout.found().get(path);
    if (there == null || !position.equals(lastAtPath.get(position.path()))) {
      return;
    }
    List<Path> closed = closed(position, path);
    if (closed.isEmpty() && position.is(there.key())) {
      // Emptied in place, or a new file that was given a free inode: nothing points to a loss.
      return;
    }
    if (closed.isEmpty()) {
      tailing
          .events()
          .missed(
              position.path(),
              "rotated or deleted while nobody read it, and not found beside it; what was written"
                  + " to it last is lost (with olddir, take both directories into the source's"
                  + " pattern)");
    } else {
      // How much it is stands in no file that could be read; that it is something is certain.
      tailing
          .events()
          .lost(position.path(), 1, "at least that many; only .gz can be read, not " + closed);
    }
  }

  /** What holds lines that came later, and is compressed in a way that is not read. */
  private List<Path> closed(FilePosition position, Path path) {
    List<Path> closed = new ArrayList<>();
    try {
      Path directory = path.getParent();
      for (Path entry : directory == null ? List.<Path>of() : tailing.disk().list(directory)) {
        String name = String.valueOf(entry.getFileName());
        if (!RotatedNames.isReadable(name)
            && RotatedNames.isRotationOf(String.valueOf(path.getFileName()), name)
            && tailing.disk().stat(entry).modifiedMillis() > position.modifiedMillis()) {
          closed.add(entry);
        }
      }
    } catch (IOException ignored) {
      // Then it is only said that it is missing.
    }
    closed.sort(null);
    return closed;
  }
}
