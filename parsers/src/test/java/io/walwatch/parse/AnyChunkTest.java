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

  /** A log in one framing. */
  static final class Log {
    private final String name;
    private final byte[] bytes;

    Log(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** As they were recorded, and those of a server's stderr in all that may wrap it. */
  static List<Log> logs() {
    List<Log> logs = new ArrayList<>();
    for (Path path : recorded()) {
      Log log = new Log(path.toString(), Golden.bytes(path));
      logs.add(log);
      if (path.toString().matches(".*\\.(log|stderr)") && !path.toString().contains("syslog")) {
        logs.addAll(wrapped(log));
      }
    }
    for (String shape : List.of("traditional", "iso", "rfc5424", "rawmsg")) {
      byte[] escaped = Golden.bytes("wal-e/syslog." + shape + ".log");
      logs.add(new Log("raw line ends in " + shape, Reframed.rawNewlines(escaped)));
    }
    byte[] raw = Golden.bytes("wal-e/syslog.rawmsg.log");
    logs.add(new Log("syslog in the journal", Reframed.journalOfSyslog(raw)));
    return logs;
  }

  private static List<Log> wrapped(Log log) {
    byte[] bytes = log.bytes;
    String traditional = "Nov 22 09:06:37 vm";
    String iso = "2026-11-22T09:06:37.476123+00:00 vm";
    return List.of(
        new Log("CRI of " + log, Reframed.cri(bytes, Integer.MAX_VALUE)),
        new Log("CRI in pieces of " + log, Reframed.cri(bytes, 60)),
        new Log("journal of " + log, Reframed.journal(bytes)),
        new Log("logger of " + log, Reframed.logger(bytes, "archive[815]")),
        new Log("syslog of " + log, Reframed.serverSyslog(bytes, traditional, true)),
        new Log("unnumbered syslog of " + log, Reframed.serverSyslog(bytes, iso, false)));
  }

  private static List<Path> recorded() {
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
  void shouldFindTheSameHoweverTheBytesAreCut(Log log) {
    byte[] bytes = log.bytes;
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
  void shouldKeepWhatWasReportedBeforeTheOffsetAndTheRestBehindIt(Log log) {
    byte[] bytes = log.bytes;
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
