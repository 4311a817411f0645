/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The true counts of testdata/wal-e/README.md, typed from there. */
final class WaleGoldenTest {
  @Test
  void shouldFindEveryRecordOfThePrimarysLog() {
    Found found = Golden.read("wal-e/pg_log", "*.log");

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(81);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(64);
    assertThat(found.pushes(PushState.SKIP)).isZero();
    assertThat(found.count(LogEvent.Fetch.class)).isZero();
    assertThat(found.count(LogEvent.Message.class)).isEqualTo(17);
    assertThat(found.messages(MessageSeverity.ERROR)).isEqualTo(9);
    assertThat(found.messages(MessageSeverity.CRITICAL)).isEqualTo(8);
    assertThat(found.rejected()).isEmpty();
    // INFO in the README counts records with an action too.
    assertThat(found.count(LogEvent.Push.class)).isEqualTo(145);
  }

  @Test
  void shouldFindWhatCompletedLast() {
    Found found = Golden.read("wal-e/pg_log", "*.log");

    LogEvent.Push last =
        found.all(LogEvent.Push.class).stream()
            .filter(push -> push.state() == PushState.COMPLETE)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.file().name()).isEqualTo("000000010000000000000046");
    assertThat(last.at()).isEqualTo("2026-11-22T09:08:49.093648Z");
    assertThat(
            found.all(LogEvent.Push.class).stream()
                .filter(push -> push.state() == PushState.COMPLETE)
                .map(push -> push.file().name())
                .distinct())
        .hasSize(64);
    assertThat(
            found.all(LogEvent.Push.class).stream()
                .filter(push -> push.state() == PushState.BEGIN)
                .filter(push -> push.file().name().endsWith("2E")))
        .hasSize(6);
  }

  @Test
  void shouldReadEveryPartOfAPush() {
    LogEvent.Push push =
        Golden.read("wal-e/pg_log", "*.log").all(LogEvent.Push.class).stream()
            .filter(e -> e.state() == PushState.COMPLETE)
            .min(Comparator.comparing(LogEvent.Push::at))
            .orElseThrow();

    assertThat(push)
        .isEqualTo(
            new LogEvent.Push(
                Instant.parse("2026-11-22T09:06:39.400657Z"),
                "wal-e",
                PushState.COMPLETE,
                new WalFile("000000010000000000000001", WalFileKind.SEGMENT),
                5579L,
                "s3://walbucket-a/prod/pg-main/wal_005/000000010000000000000001.lzo",
                46583.7 * 1024));
  }

  @Test
  void shouldFindTheArchiversFailuresAroundTheRecords() {
    Found found = Golden.read("wal-e/pg_log", "*.log");

    assertThat(found.failures())
        .isEqualTo(
            Map.of(
                "LOG EXIT 1", 13,
                "LOG EXIT 2", 8,
                "LOG EXIT 111", 3,
                "FATAL EXIT 137", 1,
                "FATAL EXIT 143", 1));
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(6);
    // Two are /bin/false, which names no file.
    assertThat(
            found.all(LogEvent.ArchiveCommandFailed.class).stream().filter(e -> e.file() == null))
        .hasSize(2);
  }

  @Test
  void shouldTellAMissingObjectFromOneThatWasFetched() {
    Found found = Golden.read("wal-e/pg_log2", "*.log");

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(4);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(4);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.BEGIN)).isEqualTo(7);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(7);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.HIT)).isEqualTo(29);
    assertThat(found.messages(MessageSeverity.INFO)).isEqualTo(7);
    assertThat(found.count(LogEvent.Message.class)).isEqualTo(7);
    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isZero();
    assertThat(found.rejected()).isEmpty();
    // 7 completes, of which 2 were fetched ("completed download and decompression").
    assertThat(found.fetches(FetchAction.FETCH, FetchState.MISSING)).isEqualTo(5);
  }

  @Test
  void shouldReadALogOfWaleAlone() {
    Found found = Golden.read("wal-e", "wal-e.stderr.log");

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(8);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(8);
    assertThat(found.count(LogEvent.Message.class)).isEqualTo(2);
    assertThat(found.messages(MessageSeverity.ERROR)).isEqualTo(2);
    assertThat(found.rejected()).isEmpty();
  }

  @Test
  void shouldReadWhatACommandWroteOnStderr() {
    assertMessages("backup-fetch.stderr", 2, 0, 0);
    assertMessages("backup-list--detail.stderr", 1, 0, 0);
    assertMessages("backup-list-end.stderr", 1, 0, 0);
    assertMessages("backup-list.stderr", 1, 0, 0);
    assertMessages("backup-push-fail.stderr", 1, 1, 1);
    assertMessages("backup-push-offline.stderr", 6, 0, 0);
    assertMessages("backup-push-ok1.stderr", 6, 0, 0);
    assertMessages("backup-push-ok2.stderr", 6, 0, 0);
    assertMessages("delete-retain.stderr", 45, 0, 0);
  }

  @Test
  void shouldReadTheTwoFetchesThatWereMadeByHand() {
    Found fetched = Golden.read("wal-e", "wal-fetch.000000020000000000000047.stderr");
    Found missing = Golden.read("wal-e", "wal-fetch.0000000200000000000000FF.stderr");

    assertThat(fetched.fetches(FetchAction.FETCH, FetchState.BEGIN)).isEqualTo(1);
    assertThat(fetched.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(1);
    assertThat(fetched.fetches(FetchAction.FETCH, FetchState.MISSING)).isZero();
    assertThat(fetched.messages(MessageSeverity.INFO)).isEqualTo(1);
    assertThat(missing.fetches(FetchAction.FETCH, FetchState.BEGIN)).isEqualTo(1);
    assertThat(missing.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(1);
    assertThat(missing.fetches(FetchAction.FETCH, FetchState.MISSING)).isEqualTo(1);
    assertThat(missing.messages(MessageSeverity.INFO)).isEqualTo(1);
  }

  private static void assertMessages(String file, int info, int warning, int error) {
    Found found = Golden.read("wal-e", file);
    assertThat(found.messages(MessageSeverity.INFO)).as(file).isEqualTo(info);
    assertThat(found.messages(MessageSeverity.WARNING)).as(file).isEqualTo(warning);
    assertThat(found.messages(MessageSeverity.ERROR)).as(file).isEqualTo(error);
    assertThat(found.count(LogEvent.Push.class)).as(file).isZero();
    assertThat(found.rejected()).as(file).isEmpty();
  }
}
