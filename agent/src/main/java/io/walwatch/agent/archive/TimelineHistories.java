/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The histories of a server's timelines, read when first asked for. They never change. */
final class TimelineHistories {
  private final Map<Long, TimelineHistory> histories = new HashMap<>();
  private Path walDirectory = Path.of("");

  /** Where to look from now on; forgets what another directory held. */
  void directory(Path newDirectory) {
    if (!newDirectory.equals(walDirectory)) {
      walDirectory = newDirectory;
      histories.clear();
    }
  }

  void clear() {
    histories.clear();
  }

  /** History of a timeline; empty while there is no file, as for the first. */
  Optional<TimelineHistory> of(long timeline) {
    TimelineHistory known = histories.get(timeline);
    if (known != null) {
      return Optional.of(known);
    }
    if (timeline <= 1) {
      return Optional.empty();
    }
    try {
      TimelineHistory history = TimelineHistory.read(walDirectory, timeline);
      histories.put(timeline, history);
      return Optional.of(history);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
