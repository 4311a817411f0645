/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogEvent.ServerTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects events and counts them in the ways of testdata's READMEs. */
public final class Found implements EventSink {
  private final List<LogEvent> events = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @Override
  public void event(LogEvent event, Origin origin) {
    events.add(event);
    origins.add(origin);
  }

  @Override
  public void rejected(Rejection rejection) {
    rejections.add(rejection);
  }

  public List<LogEvent> events() {
    return events;
  }

  public List<Origin> origins() {
    return origins;
  }

  public List<Rejection> rejections() {
    return rejections;
  }

  public <E extends LogEvent> List<E> all(Class<E> type) {
    return of(type).toList();
  }

  public <E extends LogEvent> long count(Class<E> type) {
    return of(type).count();
  }

  private <E extends LogEvent> Stream<E> of(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast);
  }

  public long pushes(PushState state) {
    return of(LogEvent.Push.class).filter(e -> e.state() == state).count();
  }

  public long fetches(FetchAction action, FetchState state) {
    return of(LogEvent.Fetch.class).filter(e -> e.action() == action && e.state() == state).count();
  }

  public long messages(MessageSeverity severity) {
    return of(LogEvent.Message.class).filter(e -> e.severity() == severity).count();
  }

  public long turns(ServerTurn turn) {
    return of(LogEvent.Server.class).filter(e -> e.state() == turn).count();
  }

  /** Failures by severity, cause and code, such as {@code LOG EXIT 1}. */
  public Map<String, Integer> failures() {
    Map<String, Integer> counts = new TreeMap<>();
    of(LogEvent.ArchiveCommandFailed.class)
        .forEach(
            e -> counts.merge(e.severity() + " " + e.cause() + " " + e.code(), 1, Integer::sum));
    return counts;
  }

  /** Failures of one severity and cause. */
  public long failures(FailureSeverity severity, FailureCause cause) {
    return of(LogEvent.ArchiveCommandFailed.class)
        .filter(e -> e.severity() == severity && e.cause() == cause)
        .count();
  }

  /** Rejections by verdict, parser and reason. */
  public Map<String, Integer> rejected() {
    Map<String, Integer> counts = new TreeMap<>();
    rejections.forEach(
        r -> counts.merge(r.verdict() + " " + r.parser() + ": " + r.reason(), 1, Integer::sum));
    return counts;
  }
}
