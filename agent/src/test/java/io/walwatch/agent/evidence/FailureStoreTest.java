/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures on a real disk. */
final class FailureStoreTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:10:10.123Z");

  @TempDir private Path directory;

  @BeforeEach
  void prepare() throws IOException {
    store();
  }

  @Test
  void shouldGiveTheSameFailureTheSameName() {
    assertThat(failure(1)).isEqualTo(failure(1));
    assertThat(failure(1).id()).startsWith("20261122T091011Z-job-").isNotEqualTo(failure(2).id());
  }

  @Test
  void shouldKeepAFailureOverARestartWithoutItsSecrets() throws IOException {
    store().keep(failure(1), "PGPASSWORD=hunter2 pg_dump\n\nthe end\n");

    FailureStore again = store();
    assertThat(again.kept()).containsExactly(failure(1));
    assertThat(again.evidence(failure(1).id())).hasValue("PGPASSWORD=*** pg_dump\n\nthe end\n");
    assertThat(Files.readString(directory.resolve("failures/" + failure(1).id() + ".failure")))
        .doesNotContain("hunter2");
  }

  @Test
  void shouldKeepWhatItReadsTwiceOnce() throws IOException {
    FailureStore store = store();
    store.keep(failure(1), "first");
    store.keep(failure(1), "second");

    assertThat(store.kept()).hasSize(1);
    assertThat(store.evidence(failure(1).id())).hasValue("first");
  }

  @Test
  void shouldLetTheOldestGo() throws IOException {
    FailureStore store = store();
    for (int i = 0; i < FailureStore.LIMIT + 5; i++) {
      store.keep(failure(i), "x");
    }

    assertThat(store.kept()).hasSize(100).startsWith(failure(5)).endsWith(failure(104));
    assertThat(store().kept()).hasSize(100);
    assertThat(store.evidence(failure(4).id())).isEmpty();
  }

  @Test
  void shouldGoOnAfterOneThatCouldNotBeRemoved() throws IOException {
    FailureStore store = store();
    for (int i = 0; i < FailureStore.LIMIT; i++) {
      store.keep(failure(i), "x");
    }
    Path stuck = directory.resolve("failures/" + failure(0).id() + ".failure");
    Files.delete(stuck);
    Files.createDirectories(stuck.resolve("held"));
    assertThatThrownBy(() -> store.keep(failure(100), "x")).isInstanceOf(IOException.class);

    store.keep(failure(101), "x");

    assertThat(store.kept()).hasSize(100).startsWith(failure(2)).endsWith(failure(101));
  }

  /** Who reads it at a terminal is not its writer's to command. */
  @Test
  void shouldShowControlCharactersWithoutTheirEffect() throws IOException {
    FailureStore store = store();
    Failure failure = Failure.of(AT, Failure.Kind.JOB, "", "job a: \u001b[2J\u009b1m", "run");
    store.keep(failure, "\u001b[31mred\u0007\tx\r\n50 %\r100 %\u009b\u007f\n\\é");

    assertThat(store.evidence(failure.id()))
        .hasValue("\\x1b[31mred\\x07\tx\n50 %\\x0d100 %\\x9b\\x7f\n\\é");
    assertThat(store.kept().get(0).summary()).isEqualTo("job a:  [2J 1m");
  }

  @Test
  void shouldKeepOtherFailuresInAStormOfOneKind() throws IOException {
    FailureStore store = store();
    store.keep(failure(1), "job");
    for (int i = 0; i < 2 * FailureStore.LIMIT; i++) {
      store.keep(of(Failure.Kind.ARCHIVE_COMMAND, i, "exit code 1"), "storm");
      store.keep(of(Failure.Kind.ARCHIVER, i, "CRITICAL"), "storm");
    }

    assertThat(store.kept()).hasSize(100).startsWith(failure(1));
    assertThat(store.evidence(failure(1).id())).hasValue("job");
  }

  /** Anybody on the host may have jobs, called as he likes. */
  @Test
  void shouldKeepOtherFailuresAlthoughAHundredJobsFail() throws IOException {
    FailureStore store = store();
    for (int i = 0; i < 20; i++) {
      store.keep(of(Failure.Kind.ARCHIVER, i, "CRITICAL"), "archiver");
    }
    for (int i = 0; i < 2 * FailureStore.LIMIT; i++) {
      store.keep(of(Failure.Kind.JOB, i, "job " + i + ": lost"), "storm");
    }

    assertThat(store.kept()).filteredOn(kept -> kept.kind() == Failure.Kind.ARCHIVER).hasSize(20);
  }

  @Test
  void shouldKeepTheFailuresOfAJobAlthoughAnotherOneFailsEachMinute() throws IOException {
    FailureStore store = store();
    store.keep(failure(1), "job");
    for (int i = 0; i < 2 * FailureStore.LIMIT; i++) {
      store.keep(of(Failure.Kind.JOB, i, "job other: exit code 1"), "storm");
    }

    assertThat(store.kept()).hasSize(100).contains(failure(1));
  }

  private static Failure of(Failure.Kind kind, int number, String summary) {
    return Failure.of(AT.plusSeconds(number + 10), kind, "", summary, kind + " " + number);
  }

  /** A log cut anywhere, or JSON that names one half of a character. */
  @Test
  void shouldKeepAFailureWithHalvesOfCharacters() throws IOException {
    String summary = "x".repeat(499) + "\uD83D\uDE00";
    Failure failure = Failure.of(AT, Failure.Kind.JOB, "", summary, "run");

    store().keep(failure, "half \uD83D of one");

    FailureStore again = store();
    assertThat(again.kept())
        .singleElement()
        .extracting(Failure::summary)
        .isEqualTo("x".repeat(499) + "…");
    assertThat(again.evidence(failure.id())).hasValue("half \uFFFD of one");
  }

  /** Whoever may write a record may write any time into it. */
  @Test
  void shouldKeepARealFailureAlthoughAHundredAreOfTheFuture() throws IOException {
    FailureStore store = store();
    for (int i = 0; i < FailureStore.LIMIT; i++) {
      store.keep(failure(1_000_000 + i), "forged");
      Files.setLastModifiedTime(
          directory.resolve("failures/" + failure(1_000_000 + i).id() + ".failure"),
          FileTime.from(AT.plusSeconds(i)));
    }

    store.keep(failure(1), "real");
    assertThat(store.kept()).hasSize(100).startsWith(failure(1));
    assertThat(store.kept()).doesNotContain(failure(1_000_000));

    FailureStore again = store();
    again.keep(failure(2), "real");
    assertThat(again.kept()).startsWith(failure(1), failure(2)).doesNotContain(failure(1_000_001));
  }

  @Test
  void shouldReadNoOtherFile() throws IOException {
    Files.writeString(directory.resolve("secret"), "x");

    assertThat(store().evidence("../secret")).isEmpty();
    assertThat(store().evidence("../../etc/passwd")).isEmpty();
  }

  @Test
  void shouldReadBackWholeLinesBeforeARecordAndWhatFollows() throws IOException {
    Path log = directory.resolve("a.log");
    String before = "line of sixteen\n".repeat(8192);
    Files.writeString(log, before + "the record\n  its traceback\n");

    Trail trail = new FileTrail(log);
    trail.line(line("the record", before.length()));
    String read = trail.around(0, before.length()).read();

    assertThat(read).startsWith("line of sixteen\n").endsWith("the record\n  its traceback\n");
    assertThat(read.length()).isBetween(64 * 1024, 64 * 1024 + 64);
    assertThat(trail.around(before.length() - 16, before.length()).read())
        .isEqualTo("line of sixteen\nthe record\n  its traceback\n");
  }

  @Test
  void shouldReadARotatedLogByItsNewName() throws IOException {
    Path log = directory.resolve("a.log");
    Files.writeString(log, "before\nthe record\nafter\n");
    Trail trail = new FileTrail(log);
    trail.line(line("the record", 7));
    Excerpt around = trail.around(0, 7);
    Files.move(log, directory.resolve("a.log.1"));
    Files.writeString(log, "of the next generation, and longer than that\n");

    assertThat(around.read()).isEqualTo("before\nthe record\nafter\n");
  }

  @Test
  void shouldReadTheEndOfTheFileBeforeWhereTheLogWasRotatedMeanwhile() throws IOException {
    Path log = directory.resolve("a.log");
    Files.writeString(log, "the child says why\n");
    FileTrail before = new FileTrail(log);
    before.line(line("the child says why", 0));
    Files.move(log, directory.resolve("a.log.1"));
    Files.writeString(log, "the record\nafter\n");
    Trail trail = new FileTrail(log, before, () -> null);
    trail.line(line("the record", 0));

    assertThat(trail.around(0, 0).read()).isEqualTo("the child says why\nthe record\nafter\n");
    assertThat(trail.aroundBegin(0, 0).read()).isEqualTo("the record\nafter\n");
    Trail reopened = new FileTrail(log, before, () -> null);
    reopened.line(line("after", 11));
    assertThat(reopened.around(0, 11).read()).isEqualTo("the record\nafter\n");
  }

  /** PostgreSQL writes what its children say beside the records of csvlog and jsonlog. */
  @Test
  void shouldReadTheLinesOfTheFileBeside() throws IOException {
    Path plain = Files.writeString(directory.resolve("a.log"), "the child says why\nand more\n");
    Path log = Files.writeString(directory.resolve("a.csv"), "the record\n");
    FileTrail beside = new FileTrail(plain);
    Trail trail = new FileTrail(log, null, () -> beside);
    trail.line(line("the record", 0));
    assertThat(trail.around(0, 0).read()).isEqualTo("the record\n");

    beside.line(line("the child says why", 0));

    assertThat(trail.around(0, 0).read()).isEqualTo("the child says why\nand more\nthe record\n");
  }

  /** After copytruncate, or where the log was compressed, another text stands at that place. */
  @Test
  void shouldKeepTheRecordAloneWhereItsSurroundingsAreGone() throws IOException {
    Path log = directory.resolve("a.log");
    Files.writeString(log, "before\nthe record\nafter\n");
    Trail trail = new FileTrail(log);
    trail.line(line("the record", 7));
    Excerpt around = trail.around(0, 7);
    Files.writeString(log, "other lines of another day, which are no evidence\n");

    assertThat(around.read()).contains("rotated, truncated").endsWith("\nthe record\n");
    Files.delete(log);
    assertThat(around.read()).endsWith("\nthe record\n");
  }

  @Test
  void shouldKeepTheLastLinesOfAStream() {
    Trail trail = new StreamTrail();
    for (int i = 0; i < 20_000; i++) {
      trail.line(line("line " + i, 0));
    }
    String kept = trail.around(0, 0).read();

    assertThat(kept).startsWith("line ").endsWith("line 19998\nline 19999\n");
    assertThat(kept.length()).isBetween(64_000, 64 * 1024);
  }

  private static Line line(String text, long offsetBytes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Line().wrap(bytes, 0, bytes.length, offsetBytes, false);
  }

  private FailureStore store() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    store.open();
    return store;
  }

  private static Failure failure(int number) {
    return Failure.of(
        AT.plusSeconds(number), Failure.Kind.JOB, "", "job base: exit code 3", "run-" + number);
  }
}
