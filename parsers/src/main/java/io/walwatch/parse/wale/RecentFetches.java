/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.LogEvent.FetchAction;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the processes that fetch are prefetching: the record of a missing object does not say.
 * Remembers the last few; of a process whose begin was not seen it is taken to be a plain fetch.
 */
final class RecentFetches {
  /** WAL-E prefetches 8 segments at a time, one process each. */
  private static final int SIZE = 64;

  private static final Pattern PID = Pattern.compile("[0-9]{1,18}");

  private final long[] pids = new long[SIZE];
  private final FetchAction[] actions = new FetchAction[SIZE];
  private int next;

  RecentFetches() {
    Arrays.fill(pids, -1);
    Arrays.fill(actions, FetchAction.FETCH);
  }

  void began(long pid, FetchAction action) {
    pids[next] = pid;
    actions[next] = action;
    next = (next + 1) % SIZE;
  }

  FetchAction actionOf(long pid) {
    for (int i = 1; i <= SIZE; i++) {
      int slot = Math.floorMod(next - i, SIZE);
      if (pids[slot] == pid) {
        return actions[slot];
      }
    }
    return FetchAction.FETCH;
  }

  /** The processes that prefetch, the last one last. */
  String memory() {
    StringJoiner prefetching = new StringJoiner(" ");
    for (int i = SIZE; i >= 1; i--) {
      int slot = Math.floorMod(next - i, SIZE);
      if (actions[slot] == FetchAction.PREFETCH && actionOf(pids[slot]) == FetchAction.PREFETCH) {
        prefetching.add(Long.toString(pids[slot]));
      }
    }
    return prefetching.toString();
  }

  void remember(String memory) {
    Matcher words = PID.matcher(memory);
    while (words.find()) {
      began(Long.parseLong(words.group()), FetchAction.PREFETCH);
    }
  }
}
