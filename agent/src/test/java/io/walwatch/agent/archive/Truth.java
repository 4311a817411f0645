/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.parse.WalFileKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** What is true of one trace; a line of {@code traces.csv}. */
record Truth(
    String trace,
    long segmentBytes,
    int archived,
    int received,
    int orphans,
    int histories,
    int labels,
    int partials,
    String lastSegment) {
  /** All of them. */
  static Stream<Truth> all() throws IOException {
    try (InputStream csv = Objects.requireNonNull(Truth.class.getResourceAsStream("traces.csv"))) {
      String text = new String(csv.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(Truth::parse);
    }
  }

  /** Those that can be listed after each step in a reasonable time. */
  static Stream<Truth> small() throws IOException {
    return all().filter(truth -> truth.archived() < 1_000);
  }

  private static Truth parse(String line) {
    String[] fields = line.split(", ", -1);
    return new Truth(
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

  ServerStatus server() {
    return Servers.server(false, ArchiveMode.ON, segmentBytes);
  }

  /** The transitions. No orphan is a loss; one that leaves unwatched is not observed. */
  void assertTransitions(QueueJournal journal, int watchedOrphans) {
    assertThat(journal.archived).hasSize(archived).doesNotHaveDuplicates();
    assertThat(journal.archived(WalFileKind.HISTORY)).isEqualTo(histories);
    assertThat(journal.archived(WalFileKind.BACKUP)).isEqualTo(labels);
    assertThat(journal.archived(WalFileKind.PARTIAL)).isEqualTo(partials);
    assertThat(journal.received).hasSize(received).doesNotHaveDuplicates();
    assertThat(journal.vanished).isEmpty();
    assertThat(journal.orphaned).hasSize(watchedOrphans);
    assertThat(journal.unobserved).hasSize(orphans - watchedOrphans);
  }

  /** How it ends: all is handed over up to the last success, and nothing waits. */
  void assertEnd(QueueStatus status) {
    WalGeometry geometry = new WalGeometry(segmentBytes);
    assertThat(status.readyFiles().values()).containsOnly(0L);
    assertThat(status.oldestReadyMillis()).isEmpty();
    assertThat(status.lastArchivedPosition()).isEqualTo(geometry.endOf(lastSegment));
    assertThat(status.contiguousPosition()).isEqualTo(geometry.endOf(lastSegment));
    assertThat(status.gapSegments()).hasValue(0);
    assertThat(status.timeline()).hasValue(Long.parseLong(lastSegment.substring(0, 8)));
  }
}
