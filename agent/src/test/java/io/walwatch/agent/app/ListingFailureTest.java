/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.state.AbandonedPush;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of backups that fails leaves its evidence, and no secret. */
class ListingFailureTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;

  private final Look look =
      Look.failed(
          0,
          NOW.toEpochMilli(),
          "wal-e ended with exit code 1",
          "reading the store\ncannot connect with PGPASSWORD=hunter2\n");

  @Test
  void shouldKeepWhatTheCommandWroteWithoutItsSecrets() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    FailureWatch failures = new FailureWatch(store, InstantSource.fixed(NOW));
    failures.open();

    failures.listing("base", NOW.toEpochMilli(), look);

    assertThat(store.kept()).hasSize(1);
    Failure failure = store.kept().get(0);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.LISTING);
    assertThat(failure.at()).isEqualTo(NOW);
    assertThat(failure.summary()).isEqualTo("base: wal-e ended with exit code 1");
    assertThat(store.evidence(failure.id()).orElseThrow())
        .contains("reading the store")
        .doesNotContain("hunter2");
  }

  /** What a lister says is seldom the same twice: times, numbers of requests. */
  @Test
  void shouldKeepOneFailureOfASetWithTheNewestOutputWhileItFails() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    FailureWatch failures = new FailureWatch(store, InstantSource.fixed(NOW));
    failures.open();

    failures.listing("base", NOW.toEpochMilli(), look);
    String id = store.kept().get(0).id();
    failures.listing(
        "base", NOW.toEpochMilli(), Look.failed(0, 0, "wal-e was killed", "request 2 at 12:15\n"));
    failures.listing("other", NOW.toEpochMilli(), look);

    assertThat(store.kept()).hasSize(2);
    assertThat(store.kept())
        .filteredOn(failure -> failure.id().equals(id))
        .extracting(Failure::summary)
        .containsExactly("base: wal-e was killed");
    assertThat(store.evidence(id)).hasValue("request 2 at 12:15\n");
    store.read();
    assertThat(store.kept()).hasSize(2);
  }

  /** Its name would not be one that is read back. */
  @Test
  void shouldTakeAFailureOfTheFarFutureForOneOfNow() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    FailureWatch failures = new FailureWatch(store, InstantSource.fixed(NOW));
    failures.open();

    failures.listing("base", 999_999_999_999_000L, Look.failed(0, 0, "no", ""));

    assertThat(store.kept()).extracting(Failure::at).containsExactly(NOW);
    store.read();
    assertThat(store.kept()).hasSize(1);
  }

  @Test
  void shouldKeepWhoPushedWhatWhenItIsGivenUp() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    FailureWatch failures = new FailureWatch(store, InstantSource.fixed(NOW));
    failures.open();
    String segment = "000000010000000000000003";
    AbandonedPush push =
        new AbandonedPush(
            "wal-e", segment, OptionalLong.of(4711), NOW.toEpochMilli(), "its process is gone");

    failures.abandoned("main", push);
    failures.tick();

    assertThat(store.kept()).hasSize(1);
    Failure failure = store.kept().get(0);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PUSH);
    assertThat(failure.server()).isEqualTo("main");
    assertThat(failure.summary())
        .isEqualTo("push of " + segment + " by process 4711 was abandoned: its process is gone");
    assertThat(store.evidence(failure.id()).orElseThrow()).contains("began: 2026-11-22T12:00:00Z");
  }

  @Test
  void shouldNotWriteASecretIntoItsOwnLog() {
    assertThat(BackupReport.describe("base", look))
        .contains("exit code 1")
        .doesNotContain("hunter2");
  }
}
