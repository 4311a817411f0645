/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All that the tailer asks of a file system. It never writes. */
interface Disk {
  /** Follows symbolic links. */
  FileStat stat(Path path) throws IOException;

  /** Whether a path is a symbolic link, wherever it leads; not where that cannot be told. */
  boolean isLink(Path path);

  /** Where the symbolic links at the end of a path lead, there or not; the path itself without. */
  Path target(Path path) throws IOException;

  LogFile open(Path path) throws IOException;

  /** The earliest time, since the epoch, that what is written from now on can be stamped with. */
  long nowMillis();

  /** What a directory holds, in no order. */
  List<Path> list(Path directory) throws IOException;
}
