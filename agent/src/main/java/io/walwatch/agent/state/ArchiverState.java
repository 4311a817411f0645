/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.state.PushesInFlight.Begun;
import io.walwatch.agent.state.PushesInFlight.Dead;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.WalFileKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What one archiver of one server has said so far. Written by the loop only. */
final class ArchiverState {
  /** How many completed files are remembered, to tell a first completion from a repeated one. */
  private static final int REMEMBERED_FILES = 1_000;

  private static final double[] PUSH_BOUNDS_SECONDS = {
    0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600
  };

  private final String name;
  private final Consumer<AbandonedPush> abandonments;
  private final Counts<PushCount> pushes = new Counts<>(PushCount.class);
  private final Map<FetchAction, Counts<FetchCount>> fetches = new EnumMap<>(FetchAction.class);
  private final Counts<MessageSeverity> messages = new Counts<>(MessageSeverity.class);
  private final PushesInFlight inFlight = new PushesInFlight();
  private final RecentNames completedFiles = new RecentNames(REMEMBERED_FILES);
  private final RecentNames missingFetches = new RecentNames(REMEMBERED_FILES);
  private final Histogram pushDuration = new Histogram(PUSH_BOUNDS_SECONDS);
  private final LastTime lastCompleted;
  private @Nullable String highestCompletedSegment;
  private OptionalDouble lastRateBytesPerSecond = OptionalDouble.empty();

  /**
   * Nothing is known yet.
   *
   * @param name as in the label
   * @param abandonments told of each push that is given up
   */
  ArchiverState(String name, InstantSource clock, Consumer<AbandonedPush> abandonments) {
    this.name = name;
    this.abandonments = abandonments;
    lastCompleted = new LastTime(clock);
    for (FetchAction action : FetchAction.values()) {
      fetches.put(action, new Counts<>(FetchCount.class));
    }
  }

  /**
   * A push record was read.
   *
   * @param readMillis when it was read
   */
  void push(LogEvent.Push push, long readMillis) {
    switch (push.state()) {
      case BEGIN -> begin(push, readMillis);
      case COMPLETE -> complete(push);
      case SKIP -> end(push, PushCount.SKIPPED);
      case FAIL -> end(push, PushCount.FAILED);
    }
  }

  private void begin(LogEvent.Push push, long readMillis) {
    Instant at = push.at();
    Begun begun = at == null ? new Begun(readMillis, false) : new Begun(at.toEpochMilli(), true);
    pushes.increment(PushCount.STARTED);
    abandoned(inFlight.begin(push.pid(), push.file().name(), begun), "its segment was begun again");
  }

  private void complete(LogEvent.Push push) {
    Begun begun = end(push, PushCount.COMPLETED);
    Instant at = push.at();
    if (at != null) {
      completedAt(at.toEpochMilli(), begun);
    }
    String name = push.file().name();
    if (!completedFiles.add(name)) {
      pushes.increment(PushCount.REPEATED);
    }
    if (push.file().kind() == WalFileKind.SEGMENT && isHigher(name)) {
      highestCompletedSegment = name;
    }
    Double rate = push.rateBytesPerSecond();
    if (rate != null && Double.isFinite(rate)) {
      lastRateBytesPerSecond = OptionalDouble.of(rate);
    }
  }

  /** Whether a completed push was ever read. */
  boolean hasCompleted() {
    return pushes.get(PushCount.COMPLETED) > 0;
  }

  /** A push completed at that time, counted or not. */
  void completedAt(long atMillis) {
    lastCompleted.happened(atMillis);
  }

  private void completedAt(long atMillis, @Nullable Begun begun) {
    completedAt(atMillis);
    if (begun != null && begun.timed()) {
      pushDuration.observe((atMillis - begun.sinceMillis()) / 1e3);
    }
  }

  /** Segment names have equal length: by timeline, then by position. */
  private boolean isHigher(String segment) {
    return highestCompletedSegment == null || segment.compareTo(highestCompletedSegment) > 0;
  }

  private @Nullable Begun end(LogEvent.Push push, PushCount how) {
    pushes.increment(how);
    Begun begun = inFlight.end(push.pid(), push.file().name());
    if (begun == null) {
      pushes.increment(PushCount.UNMATCHED);
    }
    return begun;
  }

  void fetch(LogEvent.Fetch fetch) {
    Counts<FetchCount> counts = countsOf(fetch.action());
    String key = fetch.pid() + " " + fetch.file().name();
    switch (fetch.state()) {
      case BEGIN -> {
        counts.increment(FetchCount.STARTED);
        missingFetches.remove(key);
      }
      case HIT -> counts.increment(FetchCount.PREFETCH_HITS);
      case MISSING -> {
        counts.increment(FetchCount.MISSING);
        missingFetches.add(key);
      }
      case COMPLETE -> {
        // WAL-E says complete also when the object was missing (operator/backup.py, wal_restore).
        if (!missingFetches.remove(key)) {
          counts.increment(FetchCount.COMPLETED);
        }
      }
    }
  }

  void message(LogEvent.Message message) {
    messages.increment(message.severity());
    if (message.retry()) {
      pushes.increment(PushCount.RETRIES);
    }
    Long pid = message.pid();
    if (pid != null && message.severity().compareTo(MessageSeverity.ERROR) >= 0) {
      pushes.add(PushCount.FAILED, inFlight.endAllOf(pid));
    }
  }

  /** Gives up pushes that began before a moment; returns how many. */
  int expire(long beforeMillis) {
    return abandoned(inFlight.expire(beforeMillis), "it exceeded the push time-out");
  }

  /** Processes of the pushes in flight, as far as their records told. */
  Set<Long> processes() {
    return inFlight.processes();
  }

  /** Gives up pushes whose process is gone; returns how many. */
  int abandonGone(LongPredicate gone) {
    return abandoned(inFlight.endAllGone(gone), "its process is gone");
  }

  private int abandoned(List<Dead> dead, String why) {
    pushes.add(PushCount.ABANDONED, dead.size());
    for (Dead push : dead) {
      abandonments.accept(
          new AbandonedPush(name, push.file(), push.pid(), push.sinceMillis(), why));
    }
    return dead.size();
  }

  /** Gives up all pushes: the machine has booted since they began. */
  void abandonAll() {
    abandoned(inFlight.clear(), "the machine has booted since");
  }

  ArchiverSnapshot copy(long unarchivedSegments) {
    Map<FetchAction, Map<FetchCount, Long>> fetchCounts = new EnumMap<>(FetchAction.class);
    fetches.forEach((action, counts) -> fetchCounts.put(action, counts.copy()));
    return new ArchiverSnapshot(
        pushes.copy(),
        fetchCounts,
        messages.copy(),
        inFlight.size(),
        inFlight.oldestMillis(),
        lastCompleted.millis(),
        highestCompletedSegment,
        lastRateBytesPerSecond,
        pushDuration.copy(),
        unarchivedSegments);
  }

  private Counts<FetchCount> countsOf(FetchAction action) {
    return fetches.computeIfAbsent(action, any -> new Counts<>(FetchCount.class));
  }

  void save(Node node) {
    pushes.save(node.add("pushes"));
    fetches.forEach((action, counts) -> counts.save(node.add("fetches " + action.name())));
    messages.save(node.add("messages"));
    pushDuration.save(node.add("pushDuration"));
    node.put("inFlight", inFlight.save());
    node.put("completedFiles", completedFiles.save());
    node.put("missingFetches", missingFetches.save());
    lastCompleted.save(node, "lastCompleted");
    node.put("highestCompletedSegment", highestCompletedSegment);
    lastRateBytesPerSecond.ifPresent(rate -> node.put("lastRate", rate));
  }

  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      pushes.restore(node.at("pushes"));
      fetches.forEach((action, counts) -> counts.restore(node.at("fetches " + action.name())));
      messages.restore(node.at("messages"));
      pushDuration.restore(node.at("pushDuration"));
      inFlight.restore(node.nodesAt("inFlight"));
    }
    completedFiles.restore(node.stringsAt("completedFiles"));
    missingFetches.restore(node.stringsAt("missingFetches"));
    lastCompleted.restore(node, "lastCompleted");
    highestCompletedSegment = node.stringAt("highestCompletedSegment");
    double rate = node.doubleAt("lastRate", Double.NaN);
    lastRateBytesPerSecond = Double.isNaN(rate) ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }
}
