/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions of files that are not open yet: what a restart remembers, or what was there before us
 * and could not be opened. They stay part of the stream's position until they are met.
 */
final class Waiting {
  private final List<FilePosition> positions = new ArrayList<>();

  void add(FilePosition position) {
    positions.add(position);
  }

  List<FilePosition> positions() {
    return positions;
  }

  /** Removes and returns the position that belongs to this file, or null if none does. */
  @Nullable FilePosition take(Path path, FileKey key, LogFile file, ReadBuffer buffer)
      throws IOException {
    for (Iterator<FilePosition> i = positions.iterator(); i.hasNext(); ) {
      FilePosition position = i.next();
      if (isSame(position, path, key) && continues(position, file, buffer)) {
        i.remove();
        return position;
      }
    }
    return null;
  }

  /**
   * Device numbers change with the boot and inodes with a restored disk, so that both are only
   * asked where the first bytes cannot speak.
   */
  private static boolean isSame(FilePosition position, Path path, FileKey key) {
    FileIdentity identity = position.identity();
    boolean sameInode = identity.inode() == key.inode();
    return identity.headLengthBytes() == 0
        ? sameInode && identity.device() == key.device()
        : sameInode || position.path().equals(path.toString());
  }

  private static boolean continues(FilePosition position, LogFile file, ReadBuffer buffer)
      throws IOException {
    return file.sizeBytes() >= position.offsetBytes()
        && Heads.matches(position.identity(), file, buffer);
  }
}
