/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Recorded lists, each with what its own README and text output say; see testdata/inventory. */
final class RecordedListsTest {
  @Test
  void shouldReadPgbackrestsFullDifferentialAndIncremental() throws IOException {
    Listed listed = Listed.samples("pgbackrest", Map.of(), "inventory/pgbackrest-2.45-info.json");

    assertThat(listed.backups)
        .containsExactly(
            pgbackrest("20261122-092440F", 1_795_339_480, 1_795_339_482, 23_238_477, "02"),
            pgbackrest(
                "20261122-092440F_20261122-092442D",
                1_795_339_482,
                1_795_339_484,
                25_057_103,
                "05"),
            pgbackrest(
                "20261122-092440F_20261122-092445I",
                1_795_339_485,
                1_795_339_486,
                25_057_103,
                "06"));
    assertThat(listed.volumes).containsExactly("demo");
    assertThat(listed.storedBytes).isEqualTo(3_063_541 + 374_317 + 429);
  }

  @Test
  void shouldTellPgbackrestsStatesAndRefuseOthers() throws IOException {
    String sample = Listed.sample("inventory/pgbackrest-2.45-info.json");

    assertThatThrownBy(
            () ->
                Listed.samples(
                    "pgbackrest", Map.of("stanza", "x"), "inventory/pgbackrest-2.45-info.json"))
        .hasMessageContaining("there is no stanza x");
    refused(
        "pgbackrest", sample.replace("\"code\":0,\"lock\"", "\"code\":99,\"lock\""), "demo: ok");
    refused("pgbackrest", sample.replace("\"timestamp\"", "\"times\""), "has no \"timestamp\"");
    assertThat(
            Listed.text("pgbackrest", sample.replace("\"error\":false", "\"error\":true")).backups)
        .extracting(Backup::state)
        .containsOnly(State.FAILED);
    assertThat(Listed.text("pgbackrest", sample.replace("\"held\":false", "\"held\":true")).backups)
        .extracting(Backup::state)
        .containsExactly(State.OK, State.OK, State.OK, State.RUNNING);
  }

  @Test
  void shouldReadBarmansListAndOneShownBackup() throws IOException {
    Listed listed = Listed.samples("barman", Map.of(), "inventory/barman-3.4.0-list-backup.json");
    Backup newest = barman("20261122T092611", 1_795_339_571, 25_337_438);

    assertThat(listed.backups)
        .containsExactly(newest, barman("20261122T092545", 1_795_339_569, 25_260_936));
    assertThat(listed.volumes).containsExactly("demo");
    assertThat(
            Listed.samples("barman", Map.of(), "inventory/barman-3.4.0-show-backup.json").backups)
        .containsExactly(
            newest
                .started(Optional.of(Instant.ofEpochSecond(1_795_339_571)))
                .startingAt(Optional.of("00000001000000000000000F")));
  }

  @Test
  void shouldTellBarmansStatesAndRefuseOthers() throws IOException {
    String sample = Listed.sample("inventory/barman-3.4.0-list-backup.json");

    assertThat(Listed.text("barman", sample.replace("DONE", "FAILED")).backups)
        .extracting(Backup::state)
        .containsOnly(State.FAILED);
    assertThat(Listed.text("barman", sample.replace("DONE", "WAITING_FOR_WALS")).backups)
        .extracting(Backup::state)
        .containsOnly(State.RUNNING);
    refused("barman", sample.replace("DONE", "SHINY"), "the status \"SHINY\" is not known");
    refused("barman", "{}", "there is no server");
    assertThatThrownBy(
            () ->
                Listed.samples(
                    "barman", Map.of("server", "x"), "inventory/barman-3.4.0-list-backup.json"))
        .hasMessageContaining("there is no server x");
  }

  @Test
  void shouldTakeWhatBarmanSaysMeanwhileForNoServer() throws IOException {
    Listed listed =
        Listed.samples("barman", Map.of(), "inventory/barman-3.4.0-list-backup-warning.json");

    assertThat(listed.volumes).containsExactly("main");
    assertThat(listed.backups)
        .extracting(Backup::state)
        .containsExactly(State.RUNNING, State.FAILED, State.OK, State.OK);
    refused("barman", "{\"_ERROR\": [\"Unknown server 'x'\"]}", "there is no server");
  }

  @Test
  void shouldReadBarmanClouds() throws IOException {
    assertThat(
            Listed.samples(
                    "barman-cloud", Map.of(), "inventory/barman-cloud-3.4.0-backup-list.json")
                .backups)
        .containsExactly(
            Backup.named("20261122T092825", State.OK)
                .started(Optional.of(Instant.parse("2026-11-22T09:28:25Z")))
                .finished(Optional.of(Instant.parse("2026-11-22T09:28:30Z")))
                .startingAt(Optional.of("000000010000000000000013")));
  }

  @Test
  void shouldCallAnOverflowedLvmSnapshotFailed() throws IOException {
    Listed listed =
        Listed.samples(
            "lvm", Map.of("volume", "vgpg/pgdata"), "inventory/lvm-2.03.16-lvs-snap-overflow.json");

    assertThat(listed.backups)
        .containsExactly(
            lvm("pgdata_snap_20261122T0100", "pgdata", State.OK, "09:28:09", 25_165_824),
            lvm("pgdata_snap_full", "pgdata", State.FAILED, "09:28:10", 4_194_304));
    assertThat(listed.space).contains(0.4604, 1.0);
    assertThat(
            Listed.samples("lvm", Map.of("volume", "vgpg"), "inventory/lvm-2.03.16-lvs-snap.json")
                .backups)
        .extracting(Backup::state)
        .containsExactly(State.OK, State.OK);
  }

  @Test
  void shouldWatchTheVolumesOfAGroupWithThinOnes() throws IOException {
    Listed listed =
        Listed.samples("lvm", Map.of("volume", "vgpg"), "inventory/lvm-2.03.16-lvs-thin.json");

    assertThat(listed.volumes).containsExactly("pgdata", "thinpg");
    assertThat(listed.backups)
        .containsExactly(
            lvm("pgdata_snap_20261122T0100", "pgdata", State.OK, "09:28:09", 25_165_824),
            lvm("pgdata_snap_full", "pgdata", State.FAILED, "09:28:10", 4_194_304),
            lvm("thinpg_snap", "thinpg", State.OK, "09:28:15", 33_554_432));
  }

  @Test
  void shouldCountMetadataOfAThinPoolAsWell() throws IOException {
    String sample =
        Listed.sample("inventory/lvm-2.03.16-lvs-thin.json")
            .replace(
                "\"data_percent\":\"0.00\", \"lv_time\":\"2026-11-22 09:28:13",
                "\"data_percent\":\"1.50\", \"metadata_percent\":\"97.25\","
                    + " \"lv_time\":\"2026-11-22 09:28:13");

    assertThat(
            Listed.read(
                    "lvm",
                    Map.of("volume", "vgpg/thinpg"),
                    List.of(sample.getBytes(StandardCharsets.UTF_8)))
                .space)
        .containsExactly(0.015, 0.9725);
  }

  @Test
  void shouldRefuseAnLvmListThatLacksWhatIsNeeded() {
    assertThatThrownBy(
            () ->
                Listed.samples(
                    "lvm", Map.of("volume", "vgpg/pgdata"), "inventory/lvm-2.03.16-lvs.json"))
        .hasMessageContaining("has no \"lv_time\"");
    assertThatThrownBy(
            () ->
                Listed.samples(
                    "lvm", Map.of("volume", "vgpg/odd"), "inventory/lvm-2.03.16-lvs-snap.json"))
        .hasMessageContaining("there is no volume vgpg/odd");
    assertThatThrownBy(
            () -> Listed.samples("lvm", Map.of("volume", "vgpg"), "inventory/lvm-2.03.16-vgs.json"))
        .hasMessageContaining("has no \"lv\"");
  }

  /** From WAL-G's source, not recorded: no WAL-G was at hand. */
  @Test
  void shouldReadWalgsListWithAndWithoutDetail() throws IOException {
    assertThat(
            Listed.text(
                    "wal-g",
                    """
                    INFO: 2026/11/22 09:00:00.000000 List backups from storages: [default]
                    [{"backup_name":"base_000000010000000000000024",
                      "time":"2026-11-22T09:07:02Z","wal_file_name":"000000010000000000000024",
                      "start_time":"2026-11-22T09:06:00.5Z","finish_time":"2026-11-22T09:07:01Z",
                      "compressed_size":4096,"uncompressed_size":8192},
                     {"backup_name":"base_000000010000000000000027",
                      "modified":"2026-11-22T10:07:02Z","wal_file_name":"000000010000000000000027",
                      "start_time":"0001-01-01T00:00:00Z","finish_time":"0001-01-01T00:00:00Z",
                      "compressed_size":0}]
                    """)
                .backups)
        .containsExactly(
            Backup.named("base_000000010000000000000024", State.OK)
                .started(Optional.of(Instant.parse("2026-11-22T09:06:00.5Z")))
                .finished(Optional.of(Instant.parse("2026-11-22T09:07:01Z")))
                .sized(OptionalLong.of(4096))
                .startingAt(Optional.of("000000010000000000000024")),
            Backup.named("base_000000010000000000000027", State.OK)
                .finished(Optional.of(Instant.parse("2026-11-22T10:07:02Z")))
                .startingAt(Optional.of("000000010000000000000027")));
    refused("wal-g", "No backups found\n", "holds no JSON");
  }

  @Test
  void shouldRefuseAPageInsteadOfAnyJsonList() {
    for (String provider : new String[] {"wal-g", "pgbackrest", "barman", "azure-disk"}) {
      refused(provider, "<html>login</html>", "it begins with \"<html>login</html>\"");
      refused(provider, "", "the output is empty");
    }
    refused("pgbackrest", "[]", "there is no stanza");
  }

  private static void refused(String provider, String output, String message) {
    assertThatThrownBy(() -> Listed.text(provider, output))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }

  private static Backup pgbackrest(String label, long start, long stop, long size, String wal) {
    return Backup.named(label, State.OK)
        .ofVolume("demo")
        .started(Optional.of(Instant.ofEpochSecond(start)))
        .finished(Optional.of(Instant.ofEpochSecond(stop)))
        .sized(OptionalLong.of(size))
        .startingAt(Optional.of("0000000100000000000000" + wal));
  }

  private static Backup barman(String id, long end, long size) {
    return Backup.named(id, State.OK)
        .ofVolume("demo")
        .finished(Optional.of(Instant.ofEpochSecond(end)))
        .sized(OptionalLong.of(size));
  }

  private static Backup lvm(String name, String of, State state, String time, long bytes) {
    return Backup.named(name, state)
        .ofVolume(of)
        .finished(Optional.of(Instant.parse("2026-11-22T" + time + "Z")))
        .sized(OptionalLong.of(bytes));
  }
}
