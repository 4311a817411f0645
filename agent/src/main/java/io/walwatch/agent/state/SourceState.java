/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.tail.TailBound;
import io.walwatch.agent.tail.TailEvents;
import io.walwatch.parse.Rejection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has happened to one source of lines so far. Written by the loop only. */
public final class SourceState implements TailEvents {
  private final String name;
  private final Changes changes;
  private final Counts<SourceCount> counts = new Counts<>(SourceCount.class);
  private final SortedMap<String, Counts<ParserCount>> parsers = new TreeMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private final LastTime lastEvent;

  SourceState(String name, Changes changes, InstantSource clock) {
    this.lastEvent = new LastTime(clock);
    this.name = name;
    this.changes = changes;
  }

  /** One that belongs to nobody: for reading without remembering. */
  public static SourceState unnamed() {
    return new SourceState("", new Changes(), InstantSource.system());
  }

  public String name() {
    return name;
  }

  /** Makes a parser's series exist before its first record. */
  public void expectParser(String parser) {
    parser(parser);
  }

  /** Its stream is opened anew: what was wrong with the files of the old one is over. */
  public void reopened() {
    problems.clear();
    changes.note();
  }

  void event(String parser, @Nullable Instant at) {
    parser(parser).increment(ParserCount.EVENTS);
    if (at == null) {
      counts.increment(SourceCount.UNTIMED);
    } else {
      eventAt(at.toEpochMilli());
    }
  }

  /** An event of that time is in the source, counted or not. */
  void eventAt(long millis) {
    lastEvent.happened(millis);
  }

  void duplicate() {
    counts.increment(SourceCount.DUPLICATES);
  }

  void rejected(Rejection rejection) {
    Counts<ParserCount> parser = parser(rejection.parser());
    switch (rejection.verdict()) {
      case FORGED -> parser.increment(ParserCount.FORGED);
      case MALFORMED -> parser.increment(ParserCount.MALFORMED);
      case DUPLICATE -> duplicate();
    }
  }

  /** A parser threw and was switched off for one file: a fault of a plug-in. */
  public void parserFault(String parser) {
    changes.note();
    parser(parser).increment(ParserCount.FAULTS);
  }

  /** What the parsers knew of a log was let go: too many logs ended in the middle of something. */
  public void memoryForgotten() {
    add(SourceCount.FORGOTTEN_MEMORIES, 1);
  }

  private Counts<ParserCount> parser(String parser) {
    return parsers.computeIfAbsent(parser, any -> new Counts<>(ParserCount.class));
  }

  @Override
  public void committed(long bytes, long lines) {
    changes.noteReading();
    counts.add(SourceCount.BYTES, bytes);
    counts.add(SourceCount.LINES, lines);
  }

  @Override
  public void rotated(String path) {
    add(SourceCount.ROTATIONS, 1);
  }

  @Override
  public void truncated(String path) {
    add(SourceCount.TRUNCATIONS, 1);
  }

  @Override
  public void longLine(String path, long offsetBytes) {
    add(SourceCount.LONG_LINES, 1);
  }

  @Override
  public void lost(String path, long bytes, String why) {
    add(SourceCount.LOST_BYTES, bytes);
  }

  @Override
  public void unreadable(String path, String problem) {
    add(SourceCount.IO_ERRORS, 1);
    problems.put(path, problem);
  }

  @Override
  public void readable(String path) {
    problems.remove(path);
    changes.note();
  }

  @Override
  public void gone(String path) {
    problems.remove(path);
    changes.note();
  }

  @Override
  public void limited(TailBound bound, long times) {
    add(
        switch (bound) {
          case DATAGRAMS -> SourceCount.DROPPED_DATAGRAMS;
          case CONNECTIONS -> SourceCount.CLOSED_CONNECTIONS;
          case FILES -> SourceCount.RELEASED_FILES;
          case PIPELINES -> SourceCount.RESTED_PIPELINES;
          case PATHS -> SourceCount.FORGOTTEN_PATHS;
        },
        times);
  }

  private void add(SourceCount what, long amount) {
    changes.note();
    counts.add(what, amount);
  }

  SourceSnapshot copy(SourceFacts facts) {
    Map<String, Map<ParserCount, Long>> parserCounts = new TreeMap<>();
    parsers.forEach((parser, parserCount) -> parserCounts.put(parser, parserCount.copy()));
    return new SourceSnapshot(
        name, facts, counts.copy(), parserCounts, lastEvent.millis(), problems);
  }

  void save(Node node) {
    counts.save(node.add("counts"));
    lastEvent.save(node, "lastEvent");
    Node saved = node.add("parsers");
    parsers.forEach((parser, parserCounts) -> parserCounts.save(saved.add(parser)));
  }

  void restore(Node node, boolean withCounters) {
    lastEvent.restore(node, "lastEvent");
    if (withCounters) {
      counts.restore(node.at("counts"));
      Node saved = node.at("parsers");
      saved.names().forEach(parser -> parser(parser).restore(saved.at(parser)));
    }
  }
}
