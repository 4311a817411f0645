/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is true of one trace, typed from the READMEs beside the traces into {@code traces.csv}. */
record RecordedTruth(Map<Column, String> columns) {
  /** In the order of the table. */
  enum Column {
    TRACE,
    SEGMENT_MEBIBYTES,
    ARCHIVED,
    RECEIVED,
    VANISHED,
    HISTORIES,
    LABELS,
    PARTIALS,
    LAST_SEGMENT
  }

  static List<RecordedTruth> all(Path root) throws IOException {
    Path table =
        root.resolve("agent/src/test/resources/io/walwatch/agent/archive").resolve("traces.csv");
    return Files.readAllLines(table).stream()
        .filter(line -> !line.startsWith("#"))
        .map(RecordedTruth::parse)
        .toList();
  }

  private static RecordedTruth parse(String line) {
    Iterator<String> fields = List.of(line.split(", ", -1)).iterator();
    Map<Column, String> columns = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      columns.put(column, fields.next());
    }
    return new RecordedTruth(columns);
  }

  private String text(Column column) {
    return Objects.requireNonNull(columns.get(column));
  }

  private long number(Column column) {
    return Long.parseLong(text(column));
  }

  /** The trace, below {@code testdata}. */
  String trace() {
    return text(Column.TRACE);
  }

  long segmentBytes() {
    return number(Column.SEGMENT_MEBIBYTES) << 20;
  }

  /** A name for the server that it happened on. */
  String server() {
    return trace().replaceAll("\\.[a-z]+$", "").replace('/', '-');
  }

  void assertShownBy(Scrape scrape) {
    String server = "server=" + server();
    assertThat(scrape.sum("walwatch_archive_ready_files", server)).as(server).isZero();
    assertArchived(scrape, server);
    assertCount(scrape, "walwatch_archive_received_files_total", number(Column.RECEIVED), server);
    assertCount(scrape, "walwatch_archive_vanished_files_total", number(Column.VANISHED), server);
    assertCount(scrape, "walwatch_archive_unobserved_files_total", 0, server);
    assertCount(scrape, "walwatch_archive_duration_seconds_count", number(Column.ARCHIVED), server);
    double end = endOfLastSegment();
    assertCount(scrape, "walwatch_archive_last_archived_position_bytes", end, server);
    assertCount(scrape, "walwatch_archive_contiguous_position_bytes", end, server);
    assertCount(scrape, "walwatch_archive_gap_segments", 0, server);
    long timeline = Long.parseLong(text(Column.LAST_SEGMENT).substring(0, 8), 16);
    assertCount(scrape, "walwatch_archive_timeline", timeline, server);
  }

  private void assertArchived(Scrape scrape, String server) {
    String name = "walwatch_archive_archived_files_total";
    assertCount(scrape, name, number(Column.ARCHIVED), server);
    assertCount(scrape, name, number(Column.HISTORIES), server, "kind=history");
    assertCount(scrape, name, number(Column.LABELS), server, "kind=backup");
    assertCount(scrape, name, number(Column.PARTIALS), server, "kind=partial");
  }

  private static void assertCount(Scrape scrape, String name, double count, String... labels) {
    assertThat(scrape.sum(name, labels)).as(name + " " + String.join(" ", labels)).isEqualTo(count);
  }

  private double endOfLastSegment() {
    long log = Long.parseLong(text(Column.LAST_SEGMENT).substring(8, 16), 16);
    long segment = Long.parseLong(text(Column.LAST_SEGMENT).substring(16), 16);
    return (log << 32) + (segment + 1) * segmentBytes();
  }
}
