/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows a record once that stands in several of the files given: in each of the server's formats,
 * or on stderr and in syslog. The n-th record of a text and a second in one file is the n-th in
 * another; within one file nothing is a duplicate. A record without a time is never one, since the
 * same text comes again.
 */
final class Repeats implements EventPrinter {
  static final String ELSEWHERE = "read in an earlier file";

  /** Bounds memory; of what comes behind, duplicates show as records. */
  private static final int LIMIT = 100_000;

  private final EventPrinter printer;
  private final Map<Long, Integer> earlier = new HashMap<>();
  private final Map<Long, Integer> here = new HashMap<>();

  Repeats(EventPrinter printer) {
    this.printer = printer;
  }

  @Override
  public void source(String file) {
    here.forEach((key, count) -> earlier.merge(key, count, Math::max));
    here.clear();
    printer.source(file);
  }

  @Override
  public void event(LogEvent event, Origin origin) {
    Instant at = event.at();
    if (at != null && isRepeated(31 * origin.textHash() + at.getEpochSecond())) {
      printer.rejected(
          new Rejection(
              Rejection.Verdict.DUPLICATE, origin.parser(), ELSEWHERE, origin.offsetBytes()));
    } else {
      printer.event(event, origin);
    }
  }

  private boolean isRepeated(long key) {
    if (earlier.size() + here.size() >= LIMIT && !here.containsKey(key)) {
      return false;
    }
    return here.merge(key, 1, Integer::sum) <= earlier.getOrDefault(key, 0);
  }

  @Override
  public void rejected(Rejection rejection) {
    printer.rejected(rejection);
  }

  @Override
  public boolean isBroken() {
    return printer.isBroken();
  }

  @Override
  public void finish() throws IOException {
    printer.finish();
  }
}
