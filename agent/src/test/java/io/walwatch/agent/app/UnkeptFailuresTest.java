/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.FileTrail;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.state.EvidenceBound;
import io.walwatch.agent.state.Node;
import io.walwatch.parse.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failures that are noted and cannot be kept yet: time is short, or the disk does not take them.
 */
final class UnkeptFailuresTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private FailureStore store = new FailureStore(Path.of("/nowhere"));
  private FailureWatch failures = new FailureWatch(store, clock);

  @BeforeEach
  void open() {
    store = new FailureStore(directory.resolve("failures"));
    failures = new FailureWatch(store, clock);
    failures.open();
  }

  @Test
  void shouldAllBeKeptBeforeTheEnd() {
    for (int number = 0; number < 90; number++) {
      fail(number, Excerpt.of("evidence"));
    }
    failures.tick();
    assertThat(store.kept()).hasSizeLessThan(90);

    failures.finish(Duration.ofSeconds(1));

    assertThat(store.kept()).hasSize(90);
  }

  @Test
  void shouldBeKeptByTheNextRunFromTheLogAndItsCheckpoint() throws IOException {
    Path log = Files.writeString(directory.resolve("a.log"), "before\nthe record\nafter\n");
    FileTrail trail = new FileTrail(log);
    byte[] record = "the record".getBytes(StandardCharsets.UTF_8);
    trail.line(new Line().wrap(record, 0, record.length, 7, false));
    fail(1, trail.around(0, 7));
    fail(2, Excerpt.of("x".repeat(100_000) + " PGPASSWORD=hunter2 said last"));

    Node checkpoint = new Node();
    failures.save(checkpoint);
    assertThat(checkpoint.at("failures").nodesAt("noted"))
        .extracting(noted -> noted.stringAt("text"))
        .containsExactly("", "PGPASSWORD=*** said last");
    Files.move(log, directory.resolve("a.log.1"));
    FailureStore other = new FailureStore(directory.resolve("other"));
    FailureWatch next = new FailureWatch(other, clock);
    next.open();
    next.restore(checkpoint);
    next.tick();

    assertThat(other.kept()).extracting(Failure::summary).containsExactly("no 2", "no 1");
    assertThat(other.evidence(other.kept().get(1).id())).hasValue("before\nthe record\nafter\n");
    assertThat(other.evidence(other.kept().get(0).id())).hasValue("PGPASSWORD=*** said last");
  }

  @Test
  void shouldNotBeReadFromACheckpointThatHoldsSomethingElse() {
    Node failure = new Node().put("id", "../../etc/passwd").put("kind", "JOB");
    Node checkpoint = new Node();
    checkpoint.add("failures").put("noted", List.of(failure, new Node()));

    failures.restore(checkpoint);
    failures.restore(new Node());
    failures.finish(Duration.ofSeconds(1));

    assertThat(store.kept()).isEmpty();
  }

  @Test
  void shouldBeTriedAgainWhereTheDiskDoesNotTakeThem() throws IOException {
    Files.delete(directory.resolve("failures"));
    fail(1, Excerpt.of("of a log"));
    failures.jobFailed("base", NOW, "exit code 3", "run", "of a job");
    Look look = Look.failed(0, 0, "exit code 1", "of a list");
    failures.listing("base", NOW.toEpochMilli(), look);
    failures.listing("base", NOW.toEpochMilli(), look);
    failures.tick();
    assertThat(store.kept()).isEmpty();

    Files.createDirectory(directory.resolve("failures"));
    failures.tick();
    assertThat(store.kept()).as("tried at once").isEmpty();
    clock.advanceMillis(5_000);
    failures.tick();

    assertThat(store.kept())
        .extracting(Failure::kind)
        .containsExactlyInAnyOrder(Failure.Kind.ARCHIVER, Failure.Kind.JOB, Failure.Kind.LISTING);
    assertThat(failures.limited()).containsEntry(EvidenceBound.FAILURES, 0L);
  }

  @Test
  void shouldLeaveOneByOneAndBeCountedWhereTheDiskDoesNotTakeTheMost() throws IOException {
    Files.delete(directory.resolve("failures"));
    for (int number = 0; number < 103; number++) {
      failures.jobFailed("base", NOW, "exit code 3", "run " + number, "of a job");
    }

    assertThat(failures.limited()).containsEntry(EvidenceBound.FAILURES, 3L);
  }

  private void fail(int number, Excerpt around) {
    failures.failed(
        NOW.minusSeconds(number),
        Failure.Kind.ARCHIVER,
        "main",
        "no " + number,
        "" + number,
        around);
  }
}
