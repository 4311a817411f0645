/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is true of one trace, typed from the READMEs beside the traces into {@code traces.csv}. */
record RecordedTruth(
    String trace,
    long segmentBytes,
    int archived,
    int received,
    int vanished,
    int histories,
    int labels,
    int partials,
    String lastSegment) {
  static List<RecordedTruth> all(Path root) throws IOException {
    Path table =
        root.resolve("agent/src/test/resources/io/walwatch/agent/archive").resolve("traces.csv");
    return Files.readAllLines(table).stream()
        .filter(line -> !line.startsWith("#"))
        .map(RecordedTruth::parse)
        .toList();
  }

  private static RecordedTruth parse(String line) {
    String[] fields = line.split(", ", -1);
    return new RecordedTruth(
        fields[0],
        Long.parseLong(fields[1]) << 20,
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        Integer.parseInt(fields[5]),
        Integer.parseInt(fields[6]),
        Integer.parseInt(fields[7]),
        fields[8]);
  }

  /** A name for the server that it happened on. */
  String server() {
    return trace.replaceAll("\\.[a-z]+$", "").replace('/', '-');
  }

  void assertShownBy(Scrape scrape) {
    String server = "server=" + server();
    assertThat(scrape.sum("walwatch_archive_ready_files", server)).as(server).isZero();
    assertArchived(scrape, server);
    assertCount(scrape, "walwatch_archive_received_files_total", received, server);
    assertCount(scrape, "walwatch_archive_vanished_files_total", vanished, server);
    assertCount(scrape, "walwatch_archive_unobserved_files_total", 0, server);
    assertCount(scrape, "walwatch_archive_duration_seconds_count", archived, server);
    double end = endOfLastSegment();
    assertCount(scrape, "walwatch_archive_last_archived_position_bytes", end, server);
    assertCount(scrape, "walwatch_archive_contiguous_position_bytes", end, server);
    assertCount(scrape, "walwatch_archive_gap_segments", 0, server);
    long timeline = Long.parseLong(lastSegment.substring(0, 8), 16);
    assertCount(scrape, "walwatch_archive_timeline", timeline, server);
  }

  private void assertArchived(Scrape scrape, String server) {
    String name = "walwatch_archive_archived_files_total";
    assertCount(scrape, name, archived, server);
    assertCount(scrape, name, histories, server, "kind=history");
    assertCount(scrape, name, labels, server, "kind=backup");
    assertCount(scrape, name, partials, server, "kind=partial");
  }

  private static void assertCount(Scrape scrape, String name, double count, String... labels) {
    assertThat(scrape.sum(name, labels)).as(name + " " + String.join(" ", labels)).isEqualTo(count);
  }

  private double endOfLastSegment() {
    long log = Long.parseLong(lastSegment.substring(8, 16), 16);
    long segment = Long.parseLong(lastSegment.substring(16), 16);
    return (log << 32) + (segment + 1) * segmentBytes;
  }
}
