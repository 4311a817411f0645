/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.MessageSeverity;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one archiver of one server has said, at one moment. Immutable.
 *
 * @param unarchivedSegments completed long ago by its word, and still waiting on disk
 * @param highestCompletedSegment name of the highest completed segment, null when none was
 */
public record ArchiverSnapshot(
    Map<PushCount, Long> pushes,
    Map<FetchAction, Map<FetchCount, Long>> fetches,
    Map<MessageSeverity, Long> messages,
    long inFlight,
    OptionalLong oldestInFlightMillis,
    OptionalLong lastCompletedMillis,
    @Nullable String highestCompletedSegment,
    OptionalDouble lastRateBytesPerSecond,
    HistogramSnapshot pushDuration,
    long unarchivedSegments) {
  public ArchiverSnapshot {
    pushes = Map.copyOf(pushes);
    fetches = Map.copyOf(fetches);
    messages = Map.copyOf(messages);
  }
}
