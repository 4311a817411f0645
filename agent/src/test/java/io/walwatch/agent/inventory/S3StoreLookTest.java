/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.s3.S3ListProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One look after the other at a store in S3: which WAL is listed again, and what is seen all the
 * same. A script stands in for the aws command line; {@code ObjectStoreIT} has the real one.
 */
final class S3StoreLookTest {
  private static final String AFTER_12 = "--start-after pg/wal_005/000000010000000000000011~";

  @TempDir private Path directory;
  private final TreeSet<String> objects = new TreeSet<>();
  private long millis = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
  private Optional<VerifiedWal> verified = Optional.empty();
  private String bucket = "db1";
  private Map<Long, TimelineHistory> histories = Map.of();

  @BeforeEach
  void fillStore() {
    base(0x10);
    wal(0x0E, 0x12);
  }

  @Test
  void shouldListOnlyFromTheLastVerifiedSegment() throws Exception {
    Listing first = look();
    assertThat(asked()).doesNotContain("--start-after");
    wal(0x13, 0x14);
    Listing second = look();
    assertThat(asked()).contains(AFTER_12);
    Listing third = look();

    assertThat(asked()).contains("--start-after pg/wal_005/000000010000000000000013~");
    assertThat(List.of(first.walMissingSegments(), second.walMissingSegments()))
        .allSatisfy(missing -> assertThat(missing).hasValue(0));
    assertThat(first.storedBytes()).hasValue(2 + 5 * 100);
    assertThat(second.storedBytes()).hasValue(2 + 7 * 100);
    assertThat(second.walLastPosition()).hasValue(0x15L << 24);
    assertThat(withoutVerified(third)).isEqualTo(withoutVerified(second));
  }

  @Test
  void shouldSeeAtOnceWhatIsMissingAboveAndGoOnFromBelowIt() throws Exception {
    look();
    wal(0x14, 0x16);

    assertThat(look().walMissingSegments()).hasValue(1);
    wal(0x13, 0x13);
    assertThat(look().walMissingSegments()).hasValue(0);
    assertThat(asked()).contains(AFTER_12);
  }

  @Test
  void shouldSeeABackupThatIsNewAtOnce() throws Exception {
    look();
    base(0x12);

    Listing listing = look();
    assertThat(asked()).contains(AFTER_12);
    assertThat(listing.newestStartSegment()).hasValue(name(0x12));
  }

  @Test
  void shouldMissAHoleBelowForNoLongerThanADay() throws Exception {
    look();
    objects.removeIf(line -> line.contains(name(0x11)));

    assertThat(look().walMissingSegments()).hasValue(0);
    millis += Duration.ofHours(24).toMillis();
    assertThat(look().walMissingSegments()).hasValue(1);
    assertThat(asked()).doesNotContain("--start-after");
  }

  @Test
  void shouldWalkEverythingAtOnceWhenTheLastVerifiedSegmentIsGone() throws Exception {
    look();
    objects.removeIf(line -> line.contains("wal_005/"));

    Listing listing = look();
    assertThat(listing.walMissingSegments()).hasValue(1);
    assertThat(listing.walLastPosition()).isEmpty();
    assertThat(listing.storedBytes()).hasValue(2);
  }

  @Test
  void shouldWalkEverythingAtOnceForABackupThatStartsBelow() throws Exception {
    look();
    base(0x0D);

    assertThat(look().walMissingSegments()).hasValue(1);
  }

  @Test
  void shouldCountFromTheOldestBackupThatIsLeft() throws Exception {
    look();
    base(0x14);
    objects.removeIf(line -> line.contains("base_" + name(0x10)));
    wal(0x14, 0x14);

    assertThat(look().walMissingSegments()).hasValue(0);
    assertThat(asked()).contains(AFTER_12);
  }

  @Test
  void shouldWalkAnotherStoreFromItsBeginning() throws Exception {
    look();
    bucket = "db2";
    look();

    assertThat(asked()).doesNotContain("--start-after");
  }

  /** As s3proxy does beyond the first page. */
  @Test
  void shouldWalkEverythingWhereTheStoreDoesNotListFromAKeyOn() throws Exception {
    look();
    wal(0x13, 0x14);
    Files.createFile(directory.resolve("refuses"));

    assertThat(look().walLastPosition()).hasValue(0x15L << 24);
    assertThat(asked()).contains(AFTER_12);
  }

  @Test
  void shouldKnowOfNoChainWithoutABackup() throws Exception {
    look();
    objects.removeIf(line -> line.contains("sentinel"));
    objects.add("pg/basebackups_005/base_" + name(0x12) + "/part_0\t2026-11-22T09:27:00+00:00\t7");

    assertThat(look().walMissingSegments()).isEmpty();
    assertThat(verified).as("from where").isPresent();
  }

  /** Timeline 2 is a dead branch: 3 comes from 1. */
  @Test
  void shouldGoOnAlongTheWayOfTheHistory() throws Exception {
    histories = Map.of(3L, TimelineHistory.parse(List.of("1\t0/12000000\tno recovery target")));
    branches();
    assertThat(look().walMissingSegments()).hasValue(0);
    wal(3, 0x15, 0x16);

    assertThat(look().walMissingSegments()).hasValue(1);
    assertThat(asked()).contains("--start-after pg/wal_005/000000030000000000000012~");
  }

  @Test
  void shouldWalkEverythingWhenTheWayBecomesKnown() throws Exception {
    branches();
    assertThat(look().walMissingSegments()).as("by number").hasValue(1);
    histories = Map.of(3L, TimelineHistory.parse(List.of("1\t0/12000000\tno recovery target")));

    assertThat(look().walMissingSegments()).hasValue(0);
    assertThat(asked()).doesNotContain("--start-after");
  }

  private void branches() {
    objects.add("pg/wal_005/00000002.history.lzo\t2026-11-22T09:30:00+00:00\t100");
    objects.add("pg/wal_005/00000003.history.lzo\t2026-11-22T09:30:00+00:00\t100");
    wal(2, 0x10, 0x10);
    wal(3, 0x12, 0x13);
  }

  private Listing look() throws Exception {
    Files.write(directory.resolve("objects"), objects);
    Files.deleteIfExists(directory.resolve("asked"));
    try (Launcher launcher = Launcher.create()) {
      Lister lister =
          new CommandLister(
              new S3ListProvider(),
              new BackupListRequest(
                  Map.of("bucket", bucket, "prefix", "pg", "layout", "wal-e"), List.of(aws())),
              launcher,
              Duration.ofMinutes(1),
              () -> WalGeometry.DEFAULT,
              () -> histories,
              Duration.ofMinutes(15),
              clock);
      Look look = Look.take(lister, verified, clock);
      assertThat(look.problem()).isEmpty();
      verified = look.listing().orElseThrow().verifiedWal();
      return look.listing().orElseThrow();
    }
  }

  private static Map<String, Object> withoutVerified(Listing listing) {
    Map<String, Object> fields = listing.toFields();
    fields.keySet().removeIf(key -> key.startsWith("verified"));
    return fields;
  }

  private String asked() throws IOException {
    return Files.readString(directory.resolve("asked"));
  }

  /** Prints what the tool prints, in the order of the keys. */
  private String aws() throws IOException {
    Path script = directory.resolve("aws");
    Files.writeString(
        script,
        """
        #!/bin/sh
        cd "${0%/*}" && echo "$*" >>asked
        while [ $# -gt 0 ]; do
          case $1 in --prefix) prefix=$2 ;; --start-after) after=$2 ;; esac
          shift
        done
        [ -z "$after" ] || [ ! -e refuses ] || exit 254
        LC_ALL=C PREFIX=$prefix AFTER=$after awk -F '\\t' '
          index($1, ENVIRON["PREFIX"]) == 1 && $1 > ENVIRON["AFTER"] { print; any = 1 }
          END { if (!any) print "None" }' objects
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  private void base(int number) {
    String base = "pg/basebackups_005/base_" + name(number) + "_00000040";
    String time = "\t2026-11-22T09:27:" + number + "+00:00\t1";
    objects.add(base + "/tar_partitions/part_00000000.tar.lzo" + time);
    objects.add(base + "_backup_stop_sentinel.json" + time);
  }

  private void wal(int first, int last) {
    wal(1, first, last);
  }

  private void wal(int timeline, int first, int last) {
    for (int number = first; number <= last; number++) {
      objects.add("pg/wal_005/" + name(timeline, number) + ".lzo\t2026-11-22T09:30:00+00:00\t100");
    }
  }

  private static String name(int number) {
    return name(1, number);
  }

  private static String name(int timeline, int number) {
    return String.format(Locale.ROOT, "%08X00000000%08X", timeline, number);
  }
}
