/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where in a log the archive command last succeeded, as far as pushes tell. PostgreSQL hands files
 * over in the order of their names, and goes on only behind a success (pgarch.c, pgarch_readyXlog
 * and pgarch_ArchiverCopyLoop): so the push of an earlier file is one. That of a later file is
 * none: WAL-E pushes up to 32 of them beside the one that it was asked for. Loop's thread only.
 */
final class Successes {
  /** Files that may stand in the log between a success and the failure that follows it. */
  private static final int LIMIT = 64;

  /** Of two pushes the one of the earlier file counts where it is later in the log as well. */
  private final TreeMap<String, Long> offsets = new TreeMap<>();

  /** A push was read. */
  void read(LogEvent.Push push, long offsetBytes) {
    if (push.state() != PushState.COMPLETE && push.state() != PushState.SKIP) {
      return;
    }
    String file = push.file().name();
    offsets.tailMap(file, true).clear();
    offsets.put(file, offsetBytes);
    if (offsets.size() > LIMIT) {
      // Nothing is lost by it: evidence that begins further back is cut by its own limit.
      offsets.pollFirstEntry();
    }
  }

  /** Where the command last succeeded before it came to this file; 0 where that is not known. */
  long before(@Nullable String file) {
    Map.Entry<String, Long> last = file == null ? null : offsets.lowerEntry(file);
    return last == null ? 0 : last.getValue();
  }
}
