/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

/**
 * When a queue is looked at. A look is a stat or two and comes each second; a listing is dear where
 * a hundred thousand files wait, so it rests in proportion to what the last one took.
 */
final class ScanSchedule {
  private static final long LOOK_MILLIS = 1_000;
  private static final long SCAN_WATCHED_MILLIS = 30_000;
  private static final long SCAN_UNWATCHED_MILLIS = 1_000;

  /** Listings take at most a twentieth of the time, or a fifth while events are being lost. */
  private static final long REST_PER_SCAN = 20;

  private static final long REST_PER_URGENT_SCAN = 4;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private long lookedMillis = Long.MIN_VALUE;
  private long scannedMillis = Long.MIN_VALUE;
  private long scanMillis;
  private boolean urgent = true;

  /** Something happened that only a listing can clear up. */
  void wantScan() {
    urgent = true;
  }

  /** Whether to look; remembers that it was done. */
  boolean look(long nowMillis) {
    if (!urgent && isWithin(nowMillis, lookedMillis, LOOK_MILLIS)) {
      return false;
    }
    lookedMillis = nowMillis;
    return true;
  }

  boolean isScanDue(long nowMillis, boolean watched) {
    long usual = watched ? SCAN_WATCHED_MILLIS : SCAN_UNWATCHED_MILLIS;
    long pause =
        urgent ? REST_PER_URGENT_SCAN * scanMillis : Math.max(usual, REST_PER_SCAN * scanMillis);
    return !isWithin(nowMillis, scannedMillis, pause);
  }

  void scanned(long nowMillis, long durationNanos) {
    scannedMillis = nowMillis;
    scanMillis = durationNanos / NANOS_PER_MILLI;
    urgent = false;
  }

  /** A clock that was set back ends every pause. */
  private static boolean isWithin(long nowMillis, long sinceMillis, long millis) {
    return sinceMillis != Long.MIN_VALUE
        && nowMillis >= sinceMillis
        && nowMillis - sinceMillis < millis;
  }
}
