/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores of WAL-E and WAL-G on a real file system, with holes on purpose. */
final class StoreListerTest {
  private static final Instant TIME = Instant.parse("2026-11-22T09:27:03Z");
  private static final long MIB = 1L << 20;

  @TempDir private Path directory;

  @Test
  void shouldMissNothingInAWholeChainOfWale() throws Exception {
    base("base_" + name(1, 0x10) + "_00000040", "tar_partitions/part_00000000.tar.lzo");
    wal(".lzo", 1, 0x0E, 0x30);
    Files.createFile(directory.resolve("wal_005/00000001.history.lzo"));

    Listing listing = list();

    assertThat(listing.counts()).containsEntry(State.OK, 1L);
    assertThat(listing.lastSuccessMillis()).hasValue(TIME.toEpochMilli());
    assertThat(listing.lastSizeBytes()).hasValue(100);
    assertThat(listing.walMissingSegments()).hasValue(0);
    assertThat(listing.walLastPosition()).hasValue(0x31L << 24);
    assertThat(listing.storedBytes()).hasValue(100 + 2 + 0x23);
    assertThat(listing.newestStartSegment()).hasValue(name(1, 0x10));
  }

  @Test
  void shouldCountTheHolesAndEmptySegmentsOfWalg() throws Exception {
    base("base_" + name(1, 0x10), "tar_partitions/part_001.tar.br");
    wal(".br", 1, 0x10, 0x1F);
    wal(".br", 1, 0x22, 0x30);
    Files.write(directory.resolve("wal_005/" + name(1, 0x2A) + ".br"), new byte[0]);

    Listing listing = list();

    assertThat(listing.walMissingSegments()).hasValue(2 + 1);
    assertThat(listing.walLastPosition()).hasValue(0x31L << 24);
  }

  @Test
  void shouldTakeABackupWithoutSentinelForOneThatRuns() throws Exception {
    base("base_" + name(1, 0x10), "tar_partitions/part_001.tar.br");
    Files.delete(directory.resolve("basebackups_005/base_" + name(1, 0x10) + SENTINEL));
    wal(".br", 1, 0x10, 0x12);

    Listing listing = list();

    assertThat(listing.counts()).containsEntry(State.RUNNING, 1L).containsEntry(State.OK, 0L);
    assertThat(listing.walMissingSegments()).as("no good backup to start from").isEmpty();
    assertThat(listing.walLastPosition()).hasValue(0x13L << 24);
  }

  @Test
  void shouldCountInSegmentsOfTheServersSize() throws Exception {
    WalGeometry large = new WalGeometry(64 * MIB);
    base("base_" + name(1, 0x3E), "tar_partitions/part_001.tar.br");
    wal(".br", 1, 0x3E, 0x3F);
    Files.write(segment("000000010000000100000000.br"), new byte[1]);

    Listing listing = list(large);

    assertThat(listing.walMissingSegments()).hasValue(0);
    assertThat(listing.walLastPosition()).hasValue((1L << 32) + 64 * MIB);
    assertThat(list().walMissingSegments()).as("as if of 16 MB").hasValue(0xC0);
  }

  @Test
  void shouldFollowALinkToTheStoreOnly() throws Exception {
    wal(".br", 1, 0x10, 0x10);
    Path outside = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "x"));
    Files.write(outside.resolve(name(1, 0x11) + ".br"), new byte[1]);
    Files.createSymbolicLink(directory.resolve("wal_005/link"), outside);
    Path link = Files.createSymbolicLink(outside.resolve("store"), directory);

    assertThat(
            new StoreLister(link, () -> WalGeometry.DEFAULT, Map::of, InstantSource.system())
                .list()
                .walLastPosition())
        .hasValue(0x11L << 24);
    Files.delete(link);
    Files.delete(outside.resolve(name(1, 0x11) + ".br"));
    Files.delete(outside);
  }

  @Test
  void shouldFindNothingInAnEmptyStoreAndFailWithoutOne() throws Exception {
    assertThat(list().isEmpty()).isTrue();
    assertThatThrownBy(
            () ->
                new StoreLister(
                        directory.resolve("gone"),
                        () -> WalGeometry.DEFAULT,
                        Map::of,
                        InstantSource.system())
                    .list())
        .isInstanceOf(ListingException.class)
        .hasMessageEndingWith(
            "gone cannot be listed: " + directory.resolve("gone") + " is no directory");
  }

  /** Timeline 2 is a dead branch: 3 comes from 1, and one segment of that is missing. */
  @ParameterizedTest
  @ValueSource(strings = {".history", ".history.gz"})
  void shouldFollowTheHistoryThatTheStoreHolds(String suffix) throws Exception {
    branches();
    history("00000003" + suffix, "1\t0/14000000\tno recovery target specified\n");

    Listing listing = list();

    assertThat(listing.walMissingSegments()).hasValue(1);
    assertThat(listing.doubt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000003.history.lzo", "00000003.history.gz"})
  void shouldSayThatAHistoryCannotBeRead(String name) throws Exception {
    branches();
    Files.writeString(segment(name), "1\t0/14000000\tno recovery target specified\n");

    Listing listing = list();

    assertThat(listing.walJoinedByNumber()).hasValue(3);
    assertThat(listing.doubt()).contains("history of timeline 3 is not known");
  }

  private void branches() throws IOException {
    base("base_" + name(1, 0x10), "tar_partitions/part_001.tar.br");
    wal(".br", 1, 0x10, 0x11);
    wal(".br", 1, 0x13, 0x15);
    history("00000002.history.br", "");
    wal(".br", 2, 0x11, 0x13);
    wal(".br", 3, 0x14, 0x18);
  }

  private void history(String name, String text) throws IOException {
    Path file = segment(name);
    byte[] bytes = (text.isEmpty() ? "x" : text).getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(bytes);
      }
    } else {
      Files.write(file, bytes);
    }
  }

  private static final String SENTINEL = "_backup_stop_sentinel.json";

  private Listing list() throws Exception {
    return list(WalGeometry.DEFAULT);
  }

  private Listing list(WalGeometry geometry) throws Exception {
    return new StoreLister(directory, () -> geometry, Map::of, InstantSource.system()).list();
  }

  private void base(String name, String part) throws IOException {
    Path file = directory.resolve("basebackups_005").resolve(name).resolve(part);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[100]);
    Path sentinel = directory.resolve("basebackups_005/" + name + SENTINEL);
    Files.write(sentinel, new byte[2]);
    Files.setLastModifiedTime(sentinel, FileTime.from(TIME));
  }

  private void wal(String suffix, int timeline, int first, int last) throws IOException {
    for (int number = first; number <= last; number++) {
      Files.write(segment(name(timeline, number) + suffix), new byte[1]);
    }
  }

  private Path segment(String name) throws IOException {
    return Files.createDirectories(directory.resolve("wal_005")).resolve(name);
  }

  private static String name(int timeline, int number) {
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number >> 8, number & 0xFF);
  }
}
