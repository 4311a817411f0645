/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.time.Instant;
import java.time.InstantSource;

/** Where the parsers of one source report to: counts, and applies what no other source said. */
record SourceSink(
    SourceState source,
    DuplicateFilter duplicates,
    EventApplier applier,
    Changes changes,
    InstantSource clock)
    implements EventSink {
  @Override
  public void event(LogEvent event, Origin origin) {
    changes.note();
    Instant at = LastTime.believed(event.at(), clock);
    source.event(origin.parser(), at);
    if (duplicates.isDuplicate(source.name(), origin.textHash(), at)) {
      source.duplicate();
    } else {
      applier.apply(event);
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    changes.note();
    source.rejected(rejection);
  }
}
