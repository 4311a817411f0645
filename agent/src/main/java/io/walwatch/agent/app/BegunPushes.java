/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.state.AbandonedPush;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Where in the logs the pushes began that have not ended, so that it can be read back if one never
 * does. Loop's thread only.
 */
final class BegunPushes {
  /**
   * Of all servers together: WAL-E alone has up to 32 in flight in each process. Of one more the
   * oldest is told without its lines.
   */
  private static final int LIMIT = 256;

  private record Push(String server, String archiver, String file, OptionalLong pid) {}

  private final Map<Push, Excerpt> surroundings = new LinkedHashMap<>();
  private long forgotten;

  /**
   * A record of a push was read.
   *
   * @param around what stands around it; asked for only where the push begins
   */
  void read(String server, LogEvent.Push push, Supplier<Excerpt> around) {
    OptionalLong pid = push.pid() == null ? OptionalLong.empty() : OptionalLong.of(push.pid());
    Push key = new Push(server, push.archiver(), push.file().name(), pid);
    surroundings.remove(key);
    if (push.state() == PushState.BEGIN) {
      surroundings.put(key, around.get());
      if (surroundings.size() > LIMIT) {
        Iterator<Push> oldest = surroundings.keySet().iterator();
        oldest.next();
        oldest.remove();
        forgotten++;
      }
    }
  }

  /** Begins that left for others, since the start. */
  long forgotten() {
    return forgotten;
  }

  /** What stands where a push began; nothing where that is not known, as after a restart. */
  Excerpt take(String server, AbandonedPush push) {
    Excerpt known = surroundings.remove(new Push(server, push.archiver(), push.file(), push.pid()));
    return known == null ? Excerpt.of("") : known;
  }
}
