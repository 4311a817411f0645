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

/**
 * Snapshots of Azure's disks: from its documentation, no account was at hand (testdata/inventory).
 */
final class AzureListTest {
  @Test
  void shouldReadAzuresSnapshotsInBothSpellings() throws IOException {
    String sample = Listed.sample("inventory/azure-snapshot-list.SYNTHETIC.json");
    Backup snapshot =
        Backup.named("db1-pgdata-20260101", State.OK)
            .ofVolume("db1-pgdata")
            .finished(Optional.of(Instant.parse("2026-01-01T01:00:03.123456Z")))
            .sized(OptionalLong.of(200L << 30));

    assertThat(snapshots(sample)).containsExactly(snapshot);
    assertThat(snapshots(sample.replace("SizeGB", "SizeGb"))).containsExactly(snapshot);
    assertThat(snapshots(sample.replace("Succeeded", "Failed")))
        .extracting(Backup::state)
        .containsExactly(State.FAILED);
    String copying = sample.replace("\"diskState\"", "\"completionPercent\": 42.5, \"diskState\"");
    assertThat(snapshots(copying)).extracting(Backup::state).containsExactly(State.RUNNING);
  }

  private static List<Backup> snapshots(String text) throws IOException {
    byte[] output = text.getBytes(StandardCharsets.UTF_8);
    return Listed.read("azure-disk", Map.of("disk", "db1-PGdata"), List.of(output)).backups;
  }

  @Test
  void shouldRefuseAnAzureGroupThatShowsNoDisk() throws IOException {
    String sample = Listed.sample("inventory/azure-snapshot-list.SYNTHETIC.json");

    assertThatThrownBy(
            () ->
                Listed.read(
                    "azure-disk",
                    Map.of("resource_group", "rg-snaps"),
                    List.of(
                        sample.getBytes(StandardCharsets.UTF_8),
                        "[]".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining("shows no disk in the resource group \"rg-snaps\"");
  }

  @Test
  void shouldNameEveryDiskOfAnAzureGroup() throws IOException {
    String disks =
        "[{\"name\": \"DB1-pgdata\", \"type\": \"Microsoft.Compute/disks\"},"
            + " {\"name\": \"odd\", \"type\": \"Microsoft.Compute/disks\"}]";

    assertThat(Listed.text("azure-disk", disks).volumes).containsExactly("db1-pgdata", "odd");
    assertThatThrownBy(() -> Listed.text("azure-disk", disks.replace("/disks", "/images")))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining("neither a disk nor a snapshot");
  }
}
