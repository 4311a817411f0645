/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are well formed and cannot be. */
final class ImpossibleListsTest {
  @Test
  void shouldRefuseASizeThatNoDiskHas() throws IOException {
    String sample = Listed.sample("inventory/azure-snapshot-list.SYNTHETIC.json");
    String huge = sample.replaceFirst("(\"diskSizeGB\": *)\\d+", "$18589934592");

    refused("azure-disk", huge, "8589934592 GiB is no size of a disk");
    refused("s3", "a\t2026-11-22T09:00:00Z\t9223372036854775808\n", "not a size in bytes");
    refused("s3", "a\t2026-11-22T09:00:00Z\t-1\n", "not a size in bytes");
  }

  @Test
  void shouldRefuseABackupWithoutName() throws IOException {
    String listed = Listed.sample("wal-e/backup-list--detail.stdout");
    refused("wal-e", listed.replaceAll("(?m)^base_[^\t]*", ""), "a line has no name");
    refused("s3", "\t2026-11-22T09:00:00Z\t5\n", "a line is not key, time and size");
  }

  @Test
  void shouldRefuseABackupThatIsSmallerThanNothing() throws IOException {
    refused(
        "pgbackrest", pgbackrest().replace("23238477}", "-5057103}"), "info: \"size\" is no size");
    refused("lvm", lvm().replace("\"25165824\"", "\"-25165824\""), "\"lv_size\" is no size");
  }

  @Test
  void shouldRefuseANumberBeyondAllMeasure() throws IOException {
    refused(
        "pgbackrest",
        pgbackrest().replace("23238477}", "3e33333333333333333333}"),
        "a number that is beyond all measure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "-1.00", "much"})
  void shouldRefuseASpaceThatNoSnapshotCanHaveUsed(String percent) throws IOException {
    refused(
        "lvm",
        lvm().replace("\"12.58\"", '"' + percent + '"'),
        "data_percent \"" + percent + "\" is no percentage");
  }

  @Test
  void shouldSayWhatIsWrongInAFewWordsHoweverLongTheListsAre() throws IOException {
    String longWord = "x".repeat(5_000);
    String cut = "…";

    refused(
        "pgbackrest",
        pgbackrest()
            .replace("\"name\":\"demo\"", "\"name\":\"" + longWord + '"')
            .replace(
                "\"status\":{\"code\":0,\"lock\"",
                "\"status\":{\"code\":99,\"message\":\"" + longWord + "\",\"lock\"")
            .replace(",\"message\":\"ok\"}}]", "}}]"),
        "stanza " + cut + ": " + cut);
    refused(
        "command",
        "{\"backups\":[{\"name\":\"a\",\"state\":\"" + longWord + "\"}]}",
        "the state \"" + cut + "\" is none of ok, running, failed");
  }

  @Test
  void shouldRefuseALayoutThatItDoesNotKnow() {
    byte[] line = "a\t2026-11-22T09:00:00Z\t1\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Listed.read("s3", Map.of("layout", "walg"), List.of(line)))
        .isInstanceOf(MalformedListException.class)
        .hasMessage("layout \"walg\" is none of files, wal-e and wal-g");
  }

  private static String pgbackrest() throws IOException {
    return Listed.sample("inventory/pgbackrest-2.45-info.json");
  }

  private static String lvm() throws IOException {
    return Listed.sample("inventory/lvm-2.03.16-lvs-snap.json");
  }

  private static void refused(String provider, String output, String message) {
    Map<String, String> options =
        provider.equals("lvm") ? Map.of("volume", "vgpg/pgdata") : Map.of();
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Listed.read(provider, options, List.of(bytes)))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }
}
