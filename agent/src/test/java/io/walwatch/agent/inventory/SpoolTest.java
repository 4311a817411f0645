/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code walwatch list} leaves and the agent reads. */
final class SpoolTest {
  private static final long START = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  private static final VerifiedWal.Walk WALK = new VerifiedWal.Walk(START, "3fa9");

  @TempDir private Path directory;
  private final Tally tally = new Tally(InstantSource.system());
  private long millis = START;
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
  private Spool spool = new Spool(Path.of("/nowhere"));

  @BeforeEach
  void openSpool() {
    spool = new Spool(directory.resolve("spool/inventory"));
    tally.backup(
        Backup.named("a", State.OK)
            .finished(Optional.of(Instant.parse("2026-11-22T11:00:00Z")))
            .sized(OptionalLong.of(42))
            .startingAt(Optional.of("000000010000000000000010")));
    tally.spaceUsed(0.4604);
  }

  @Test
  void shouldGiveBackEveryResultAsItWas() throws IOException {
    spool.create();
    Look good = Look.found(START - 1_000, START, tally.listing());
    Look bad = Look.failed(START, START, "exit code 1", "line \"one\"\nline two ü\t\n");

    spool.write("a/b", "wal-e", good);
    assertThat(spool.read("a/b", "wal-e")).isEqualTo(good);
    spool.write("a/b", "wal-e", bad);
    assertThat(spool.read("a/b", "wal-e")).isEqualTo(bad);
  }

  @Test
  void shouldGiveBackWhatTheNextLookNeedNotListAgain() throws IOException {
    VerifiedWal wal =
        new VerifiedWal("000000010000000000000010", "00000001000000000000FFFF", 1L << 40, WALK);
    Map<String, Object> fields = new HashMap<>(tally.listing().toFields());
    fields.putAll(wal.toFields());
    spool.create();
    spool.write("base", "s3", Look.found(START, START, Listing.ofFields(fields)));

    assertThat(spool.read("base", "s3").listing().orElseThrow().verifiedWal()).hasValue(wal);
  }

  @Test
  void shouldLeaveOneFileThatTheAgentMayRead() throws IOException {
    spool.create();
    spool.write("base", "wal-e", Look.found(START, START, tally.listing()));

    Path file = spool.fileOf("base");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwxrwx---");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldRefuseWhatIsNoResultOfThisSet() throws IOException {
    spool.create();
    spool.write("base", "wal-e", Look.found(START, START, tally.listing()));

    assertThatThrownBy(() -> spool.read("base", "wal-g")).hasMessageContaining("another set");
    Files.writeString(spool.fileOf("torn"), "{\"format\": 1, \"backup\":");
    assertThatThrownBy(() -> spool.read("torn", "wal-e")).isInstanceOf(IOException.class);
    Files.createSymbolicLink(spool.fileOf("link"), spool.fileOf("base"));
    assertThatThrownBy(() -> spool.read("link", "wal-e")).hasMessageContaining("is no result");
  }

  @Test
  void shouldSayThatNoTimerHasRunYet() throws IOException {
    spool.create();
    SpoolReader reader = new SpoolReader(set(), spool, clock);

    assertThat(reader.look().orElseThrow().problem()).contains("walwatch list --name base");
    assertThat(reader.look()).isEmpty();
  }

  @Test
  void shouldReadAResultOnceAndEachNewOne() throws IOException {
    spool.create();
    SpoolReader reader = new SpoolReader(set(), spool, clock);
    Look first = Look.found(START - 1_000, START, tally.listing());
    spool.write("base", "wal-e", first);
    assertThat(reader.look()).hasValue(first);
    assertThat(reader.look()).isEmpty();

    Look second = Look.failed(START, START + 1, "exit code 1", "");
    spool.write("base", "wal-e", second);
    assertThat(reader.look()).hasValue(second);
  }

  @Test
  void shouldNoticeATimerThatNoLongerRunsAndKeepWhatIsKnown() throws IOException {
    spool.create();
    SpoolReader reader = new SpoolReader(set(), spool, clock);
    Look first = Look.found(START - 1_000, START, tally.listing());
    spool.write("base", "wal-e", first);
    assertThat(reader.look()).hasValue(first);

    millis += Duration.ofMinutes(46).toMillis();
    Look overdue = reader.look().orElseThrow();

    assertThat(overdue.problem()).contains("since 2026-11-22T12:00:00Z").contains("timer");
    assertThat(overdue.listing()).isEqualTo(first.listing());
    assertThat(overdue.finishedMillis()).isEqualTo(START);
    assertThat(reader.look()).isEmpty();
    assertThat(new SpoolReader(set(), spool, clock).look()).isPresent();
  }

  @Test
  void shouldRefuseAResultFromTheFuture() throws IOException {
    spool.create();
    spool.write("base", "wal-e", Look.found(START, START + 3_600_000, tally.listing()));

    assertThat(new SpoolReader(set(), spool, clock).look().orElseThrow().problem())
        .contains("from the future");
  }

  private static BackupSet set() {
    return new BackupSet(
        "base",
        "wal-e",
        Duration.ofMinutes(15),
        () -> {
          throw new ListingException("not asked");
        },
        true,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
