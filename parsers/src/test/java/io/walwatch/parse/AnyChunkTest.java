/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the bytes arrive, the events are the same. */
final class AnyChunkTest {
  private static final int MAX_CHUNK_BYTES = 64;

  static List<Path> logs() {
    List<Path> logs = new ArrayList<>();
    logs.addAll(Golden.files("wal-e", "*.{log,stderr}"));
    logs.addAll(Golden.files("wal-e/pg_log", "*"));
    logs.addAll(Golden.files("wal-e/pg_log2", "*"));
    for (String run :
        List.of(
            "pg96-noprefix",
            "pg10-default",
            "pg12-default",
            "pg13-exec",
            "pg14-debian",
            "pg15-de",
            "pg15-debian",
            "pg16-rds",
            "pg17-pgbadger",
            "pg18-default")) {
      logs.addAll(Golden.files("postgres/" + run, "*.{log,csv,json}"));
    }
    logs.addAll(Golden.files("postgres/diskfull-pg18", "*.log"));
    logs.addAll(Golden.files("postgres/rotation-truncate-pg16", "lib.txt"));
    logs.addAll(Golden.files("inventory", "*.log"));
    logs.addAll(Golden.files("wal-g", "*.log"));
    return logs;
  }

  @ParameterizedTest
  @MethodSource("logs")
  void shouldFindTheSameHoweverTheBytesAreCut(Path log) {
    byte[] bytes = Golden.bytes(log);
    Found whole = new Found();
    Golden.read(bytes, PipelineOptions.DEFAULT, whole);

    for (int size = 1; size <= MAX_CHUNK_BYTES; size++) {
      Found cut = inChunks(bytes, size);
      assertThat(cut.events()).as("%s in chunks of %d", log, size).isEqualTo(whole.events());
      assertThat(cut.origins()).isEqualTo(whole.origins());
      assertThat(cut.rejections()).isEqualTo(whole.rejections());
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void shouldKeepWhatWasReportedBeforeTheOffsetAndTheRestBehindIt(Path log) {
    byte[] bytes = Golden.bytes(log);
    Found whole = new Found();
    Golden.read(bytes, PipelineOptions.DEFAULT, whole);
    List<Long> offsets = whole.origins().stream().map(Origin::offsetBytes).toList();

    Found found = new Found();
    LogPipeline pipeline = LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), found);
    LineSplitter splitter =
        new LineSplitter(
            line -> {
              pipeline.accept(line);
              long pending = Math.min(pipeline.pendingOffsetBytes(), endOf(line));
              int reported = found.origins().size();
              if (reported > 0) {
                assertThat(offsets.get(reported - 1)).isLessThan(pending);
              }
              if (reported < offsets.size()) {
                assertThat(offsets.get(reported)).isGreaterThanOrEqualTo(pending);
              }
            });
    splitter.accept(bytes, 0, bytes.length);
  }

  private static long endOf(Line line) {
    return line.offsetBytes() + line.text().length() + 1;
  }

  private static Found inChunks(byte[] bytes, int size) {
    Found found = new Found();
    LogPipeline pipeline = LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), found);
    LineSplitter splitter = new LineSplitter(pipeline::accept);
    for (int from = 0; from < bytes.length; from += size) {
      splitter.accept(bytes, from, Math.min(size, bytes.length - from));
    }
    splitter.end();
    pipeline.end();
    return found;
  }
}
