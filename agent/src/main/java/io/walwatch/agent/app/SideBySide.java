/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the sources of each server side by side. A record that comes by two ways is known again
 * only while it is remembered. So where much lies unread, and much is remembered already, a source
 * waits whose records are ahead in time of another's that has more to read.
 *
 * <p>It waits for nobody who is at the end, cannot be read, or says nothing of a time for a
 * gibibyte; and it never waits altogether. Loop's thread only.
 */
final class SideBySide {
  /** Some 6,000 of the shortest records: less than there is room for when sources begin to wait. */
  private static final int STEP_BYTES = 512 << 10;

  /** Enough that a rotated file stays open and a record that was begun stays so. */
  private static final int SIP_BYTES = 1;

  private static final long PATIENCE_BYTES = 1L << 30;

  /** Runs the work for one source, by its name, and survives its faults or does not. */
  @FunctionalInterface
  interface Runner {
    void run(String name, Runnable work);
  }

  private static final class Progress {
    private int lastBytes;
    private long newestMillis = Long.MIN_VALUE;
    private long bytesSinceNewest;
  }

  private final AgentState state;
  private final Map<String, Progress> progress = new HashMap<>();
  private boolean busy;
  private long turnBytes;

  SideBySide(AgentState state) {
    this.state = state;
  }

  /**
   * Reads what is there of each source.
   *
   * @param budgetBytes the most to read of one
   * @return bytes read
   */
  long turn(Collection<WatchedSource> sources, int budgetBytes, Runner runner) {
    busy = false;
    turnBytes = 0;
    Map<String, List<WatchedSource>> servers = new LinkedHashMap<>();
    for (WatchedSource source : sources) {
      servers.computeIfAbsent(source.server(), any -> new ArrayList<>()).add(source);
    }
    servers.values().forEach(group -> readGroup(group, budgetBytes, runner));
    return turnBytes;
  }

  /** Whether more may be there to read at once, after the last turn. */
  boolean isBusy() {
    return busy;
  }

  private void readGroup(List<WatchedSource> group, int budgetBytes, Runner runner) {
    int step = group.size() == 1 ? budgetBytes : Math.min(STEP_BYTES, budgetBytes);
    List<WatchedSource> left = new ArrayList<>(group);
    for (int bytes = 0; bytes < budgetBytes && !left.isEmpty(); bytes += step) {
      List<WatchedSource> more = new ArrayList<>();
      for (WatchedSource source : left) {
        runner.run(
            source.name(),
            () -> {
              if (read(source, group, step)) {
                more.add(source);
              }
            });
      }
      left = more;
    }
    busy |= !left.isEmpty();
  }

  /** Reads a step of a source; returns whether there may be more. */
  private boolean read(WatchedSource source, List<WatchedSource> group, int stepBytes) {
    int bytes = isAhead(source, group) ? SIP_BYTES : stepBytes;
    Progress made = progress.computeIfAbsent(source.name(), any -> new Progress());
    // Where reading fails, nobody waits for it.
    made.lastBytes = 0;
    int read = source.stream().read(bytes);
    turnBytes += read;
    made.lastBytes = read;
    long newest = state.newestRecordMillis(source.server(), source.name());
    boolean moved = newest > made.newestMillis || source.stream().lagBytes() == 0;
    made.bytesSinceNewest = moved ? 0 : made.bytesSinceNewest + read;
    made.newestMillis = newest;
    return read >= bytes;
  }

  private boolean isAhead(WatchedSource source, List<WatchedSource> group) {
    return group.size() > 1
        && source.stream().canWait()
        && state.isCrowded(source.server())
        && group.stream().anyMatch(other -> isBehind(other, source));
  }

  private boolean isBehind(WatchedSource other, WatchedSource source) {
    Progress made = progress.get(other.name());
    return made != null
        && made.lastBytes > 0
        && made.bytesSinceNewest < PATIENCE_BYTES
        && other.stream().lagBytes() > 0
        && state.newestRecordMillis(other.server(), other.name())
            < state.newestRecordMillis(source.server(), source.name());
  }
}
