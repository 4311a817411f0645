/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.tail.TailEvents;
import io.walwatch.parse.Rejection;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has happened to one source of lines so far. Written by the loop only. */
public final class SourceState implements TailEvents {
  private final String name;
  private final Counts<SourceCount> counts = new Counts<>(SourceCount.class);
  private final SortedMap<String, Counts<ParserCount>> parsers = new TreeMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private OptionalLong lastEventMillis = OptionalLong.empty();

  SourceState(String name) {
    this.name = name;
  }

  /** One that belongs to nobody: for reading without remembering. */
  public static SourceState unnamed() {
    return new SourceState("");
  }

  public String name() {
    return name;
  }

  /** Makes a parser's series exist before its first record. */
  public void expectParser(String parser) {
    parser(parser);
  }

  void event(String parser, @Nullable Instant at) {
    parser(parser).increment(ParserCount.EVENTS);
    if (at == null) {
      counts.increment(SourceCount.UNTIMED);
    } else {
      long millis = at.toEpochMilli();
      lastEventMillis = OptionalLong.of(Math.max(millis, lastEventMillis.orElse(millis)));
    }
  }

  void duplicate() {
    counts.increment(SourceCount.DUPLICATES);
  }

  void rejected(Rejection rejection) {
    parser(rejection.parser())
        .increment(
            switch (rejection.verdict()) {
              case FORGED -> ParserCount.FORGED;
              case MALFORMED -> ParserCount.MALFORMED;
            });
  }

  private Counts<ParserCount> parser(String parser) {
    return parsers.computeIfAbsent(parser, any -> new Counts<>(ParserCount.class));
  }

  @Override
  public void committed(long bytes, long lines) {
    counts.add(SourceCount.BYTES, bytes);
    counts.add(SourceCount.LINES, lines);
  }

  @Override
  public void rotated(String path) {
    counts.increment(SourceCount.ROTATIONS);
  }

  @Override
  public void truncated(String path) {
    counts.increment(SourceCount.TRUNCATIONS);
  }

  @Override
  public void longLine(String path, long offsetBytes) {
    counts.increment(SourceCount.LONG_LINES);
  }

  @Override
  public void lost(String path, long bytes, String why) {
    counts.add(SourceCount.LOST_BYTES, bytes);
  }

  @Override
  public void unreadable(String path, String problem) {
    counts.increment(SourceCount.IO_ERRORS);
    problems.put(path, problem);
  }

  @Override
  public void readable(String path) {
    problems.remove(path);
  }

  SourceSnapshot copy(SourceFacts facts) {
    Map<String, Map<ParserCount, Long>> parserCounts = new TreeMap<>();
    parsers.forEach((parser, parserCount) -> parserCounts.put(parser, parserCount.copy()));
    return new SourceSnapshot(name, facts, counts.copy(), parserCounts, lastEventMillis, problems);
  }

  void save(Node node) {
    counts.save(node.add("counts"));
    node.put("lastEvent", lastEventMillis);
    Node saved = node.add("parsers");
    parsers.forEach((parser, parserCounts) -> parserCounts.save(saved.add(parser)));
  }

  void restore(Node node, boolean withCounters) {
    lastEventMillis = node.longAt("lastEvent");
    if (withCounters) {
      counts.restore(node.at("counts"));
      Node saved = node.at("parsers");
      saved.names().forEach(parser -> parser(parser).restore(saved.at(parser)));
    }
  }
}
