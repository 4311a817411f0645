/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.s3.S3ListProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The chain of WAL in a store, from what the aws command line prints, with holes on purpose. */
final class WalStoreTest {
  private static final String TIME = "\t2026-11-22T09:27:03+00:00\t";
  private static final String SENTINEL = "_backup_stop_sentinel.json" + TIME + "2\n";

  @Test
  void shouldMissNothingInAWholeChain() throws IOException {
    Listing listing = list("wal-e", base(1, 0x10) + wal(1, 0x0E, 0x30));

    assertThat(listing.counts()).containsEntry(State.OK, 1L);
    assertThat(listing.walMissingSegments()).hasValue(0);
    assertThat(listing.walLastPosition()).hasValue(0x31L << 24);
    assertThat(listing.storedBytes()).hasValue(0x23 + 7 + 2);
  }

  @Test
  void shouldCountTheHolesAboveTheOldestGoodBackupOnly() throws IOException {
    String stored =
        wal(1, 0x01, 0x02) + wal(1, 0x10, 0x1F) + wal(1, 0x22, 0x22) + wal(1, 0x26, 0x30);

    assertThat(list("wal-e", base(1, 0x10) + stored).walMissingSegments()).hasValue(2 + 3);
    assertThat(list("wal-e", base(1, 0x23) + stored).walMissingSegments()).hasValue(3);
  }

  @Test
  void shouldFollowTheChainAcrossTimelines() throws IOException {
    String stored =
        wal(1, 0x10, 0x20) + history(2) + wal(2, 0x20, 0x25) + history(3) + wal(3, 0x28, 0x2A);

    assertThat(list("wal-g", base(1, 0x10) + stored).walMissingSegments()).hasValue(2);
    assertThat(list("wal-g", base(2, 0x20) + stored).walMissingSegments()).hasValue(2);
    assertThat(list("wal-g", base(1, 0x10) + stored).walLastPosition()).hasValue(0x2BL << 24);
  }

  @Test
  void shouldMissTheHistoryWithoutWhichNobodyFindsTheNextTimeline() throws IOException {
    String base = base(1, 0x10);

    assertThat(missing(base + wal(1, 0x10, 0x11) + wal(2, 0x12, 0x13))).isEqualTo(1);
    assertThat(missing(base + wal(1, 0x10, 0x11) + history(3) + wal(3, 0x12, 0x13))).isEqualTo(1);
    assertThat(missing(base + wal(1, 0x10, 0x11) + history(2) + wal(2, 0x12, 0x13))).isZero();
  }

  @Test
  void shouldMissTheFirstSegmentThoughALaterTimelineHasOne() throws IOException {
    String base = base(1, 0x10);

    assertThat(missing(base + history(2) + wal(2, 0x10, 0x12))).isEqualTo(1);
    assertThat(missing(base + history(2) + wal(2, 0x13, 0x14))).isEqualTo(3);
    assertThat(missing(base + wal(1, 0x10, 0x10) + history(2) + wal(2, 0x12, 0x13))).isEqualTo(1);
  }

  @Test
  void shouldNotFollowATimelineThatComesFromBeforeTheBackup() throws IOException {
    String stored = wal(1, 0x10, 0x11) + wal(1, 0x14, 0x14) + history(2) + wal(2, 0x08, 0x20);

    assertThat(missing(base(1, 0x10) + stored)).isEqualTo(2);
  }

  @Test
  void shouldNotTakeAPartOfASegmentOrALabelForIt() throws IOException {
    String label = key(1, 0x12).replace(".lzo", ".00000028.backup.lzo");
    String part = key(1, 0x11).replace(".lzo", ".partial.lzo");

    assertThat(missing(base(1, 0x10) + wal(1, 0x10, 0x10) + part + label + wal(1, 0x13, 0x13)))
        .isEqualTo(2);
  }

  private static long missing(String stored) throws IOException {
    return list("wal-e", stored).walMissingSegments().orElseThrow();
  }

  private static String history(int timeline) {
    return String.format(Locale.ROOT, "pg/wal_005/%08X.history.lzo", timeline) + TIME + "1\n";
  }

  @Test
  void shouldSeeAStoreWithoutWal() throws IOException {
    assertThat(list("wal-e", base(1, 0x10)).walMissingSegments()).hasValue(1);
    assertThat(list("wal-e", base(1, 0x10) + wal(1, 0x01, 0x05)).walMissingSegments()).hasValue(1);
    assertThat(list("wal-e", "None\n").isEmpty()).isTrue();
  }

  @Test
  void shouldTellABackupWithoutItsSentinelFromAGoodOne() throws IOException {
    String unfinished =
        "pg/basebackups_005/base_000000010000000000000030_00000040/tar_partitions/part_0.tar.lzo"
            + TIME
            + "777\n";

    assertThat(list("wal-e", base(1, 0x10) + unfinished).counts())
        .isEqualTo(Map.of(State.OK, 1L, State.RUNNING, 1L, State.FAILED, 0L));
  }

  @Test
  void shouldNotTakeASentinelWithoutDataForAGoodBackup() throws IOException {
    String base = "pg/basebackups_005/base_000000010000000000000030_00000040";
    String empty = base + "/tar_partitions/part_00000000.tar.lzo" + TIME + "0\n";

    assertThat(list("wal-e", base(1, 0x10) + base + SENTINEL + empty + wal(1, 0x10, 0x30)).counts())
        .isEqualTo(Map.of(State.OK, 1L, State.RUNNING, 0L, State.FAILED, 1L));
  }

  @Test
  void shouldTakeObjectsForBackupsWithoutALayout() throws IOException {
    Listing listing =
        list(
            "files",
            "nightly/a b.dump"
                + TIME
                + "100\nnightly/c.dump"
                + TIME
                + "0\nnightly/"
                + TIME
                + "0\n");

    assertThat(listing.counts())
        .isEqualTo(Map.of(State.OK, 1L, State.RUNNING, 0L, State.FAILED, 1L));
    assertThat(listing.walMissingSegments()).isEmpty();
  }

  @Test
  void shouldReadAMillionKeysInConstantMemory() throws IOException {
    Tally tally = new Tally(InstantSource.system());
    BackupListParser parser = parser("wal-e");
    long before = usedBytes();
    parser.parse(bytes(base(1, 0)), tally);
    parser.parse(new MillionKeys(), tally);
    long grownBytes = usedBytes() - before;
    parser.end(tally);

    assertThat(tally.listing().walMissingSegments()).hasValue(0);
    assertThat(tally.listing().walLastPosition()).hasValue(1_000_000L << 24);
    assertThat(grownBytes).isLessThan(2 << 20);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** One line after the other, none of them kept. */
  private static final class MillionKeys extends InputStream {
    private int number;
    private byte[] line = {};
    private int at;

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (at == line.length) {
        if (number == 1_000_000) {
          return -1;
        }
        line = key(1, number++).getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      int count = Math.min(length, line.length - at);
      System.arraycopy(line, at, buffer, offset, count);
      at += count;
      return count;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }
  }

  private static Listing list(String layout, String output) throws IOException {
    Tally tally = new Tally(InstantSource.system());
    BackupListParser parser = parser(layout);
    if (layout.equals("files")) {
      parser.parse(bytes(output), tally);
    } else {
      parser.parse(bytes(only(output, line -> line.contains("/basebackups_005/"))), tally);
      parser.parse(bytes(only(output, line -> line.contains("/wal_005/"))), tally);
    }
    parser.end(tally);
    return tally.listing();
  }

  /** What the tool prints of one directory; of none, {@code None}. */
  private static String only(String output, Predicate<String> wanted) {
    String lines = output.lines().filter(wanted).map(line -> line + "\n").collect(joining());
    return lines.isEmpty() ? "None\n" : lines;
  }

  private static InputStream bytes(String output) {
    return new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8));
  }

  private static BackupListParser parser(String layout) {
    return new S3ListProvider().create(new BackupListRequest(Map.of("layout", layout), List.of()));
  }

  private static String base(int timeline, int number) {
    String base = "pg/basebackups_005/base_" + name(timeline, number) + "_00000040";
    return base + "/tar_partitions/part_00000000.tar.lzo" + TIME + "7\n" + base + SENTINEL;
  }

  private static String wal(int timeline, int first, int last) {
    StringBuilder lines = new StringBuilder();
    for (int number = first; number <= last; number++) {
      lines.append(key(timeline, number));
    }
    return lines.toString();
  }

  private static String key(int timeline, int number) {
    return "pg/wal_005/" + name(timeline, number) + ".lzo" + TIME + "1\n";
  }

  private static String name(int timeline, int number) {
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number >> 8, number & 0xFF);
  }
}
