/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of volumes and their ills, as lvs(8) describes them. */
final class LvmListTest {
  @Test
  void shouldKnowEveryKindOfVolumeThatHoldsData() throws IOException {
    Listed listed =
        list(
            "vg",
            volume("plain", "-wi-ao----", "", ""),
            volume("origin", "owi-aos---", "", ""),
            volume("merging", "Owi-aos---", "", ""),
            volume("raid", "rwi-aor---", "", ""),
            volume("syncing", "Rwi-aor---", "", ""),
            volume("mirror", "mwi-aom---", "", ""),
            volume("thin", "Vwi-aotz--", "", "pool"),
            volume("vdo", "vwi-aov---", "", "vpool"),
            volume("cached", "Cwi-aoC---", "[cached_corig]", "[fast_cpool]"));

    assertThat(listed.volumes)
        .containsExactly(
            "plain", "origin", "merging", "raid", "syncing", "mirror", "thin", "vdo", "cached");
    assertThat(listed.backups).isEmpty();
  }

  @Test
  void shouldNotAskForSnapshotsOfPoolsAndParts() throws IOException {
    Listed listed =
        list(
            "vg",
            volume("plain", "-wi-ao----", "", ""),
            volume("pool", "twi-aotz--", "", ""),
            volume("vpool", "dwi-------", "", ""),
            volume("unused_cpool", "Cwi---C---", "", ""),
            volume("[raid_rimage_0]", "iwi-aor---", "", ""),
            volume("[cached_corig]", "owi-aoC---", "", ""),
            volume("[lvol0_pmspare]", "ewi-------", "", ""));

    assertThat(listed.volumes).containsExactly("plain");
  }

  @Test
  void shouldFindACachedVolumeByItsName() throws IOException {
    Listed listed =
        list("vg/pgdata", volume("pgdata", "Cwi-aoC---", "[pgdata_corig]", "[fast_cpool]"));

    assertThat(listed.volumes).containsExactly("pgdata");
    assertThat(listed.backups).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "twi-aotz--, Vwi-a-tz--, OK",
    "twi-aotzD-, Vwi-a-tz--, OK",
    "twi-aotzM-, Vwi-a-tz--, OK",
    "twi-aotzF-, Vwi-a-tzF-, FAILED",
    "twi-aotzF-, Vwi---tz-k, FAILED",
    "twi-cotzM-, Vwi---tz-k, FAILED",
    "twi-aotz-p, Vwi---tz-k, OK",
    "twi-aotzp-, Vwi---tz-k, FAILED",
    "twi-aotz--, Vwi-a-tzp-, FAILED",
    "twi-aotz--, Vwi-XXtzX-, FAILED"
  })
  void shouldNotCountOnAThinSnapshotThatCannotBeRead(String pool, String snapshot, State expected)
      throws IOException {
    Listed listed =
        list(
            "vg/pgdata",
            volume("pool", pool, "", ""),
            volume("pgdata", "Vwi-aotz--", "", "pool"),
            volume("snap", snapshot, "pgdata", "pool"));

    assertThat(listed.backups).extracting(Backup::state).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "owi-aos---, swi-a-s---, OK",
    "owi-aos-r-, swi-a-s---, OK",
    "owi-aos-m-, swi-a-s-m-, OK",
    "owi-aos---, swi-I-s---, FAILED",
    "owi-aos---, swi-S-s---, FAILED",
    "owi-aos---, Swi-m-s---, FAILED",
    "owi-aos---, swi-a-s-p-, FAILED",
    "owi-aos-p-, swi-a-s---, FAILED",
    "owi-a, swi-a, OK"
  })
  void shouldNotCountOnAThickSnapshotThatCannotBeRead(
      String origin, String snapshot, State expected) throws IOException {
    Listed listed =
        list("vg/pgdata", volume("pgdata", origin, "", ""), volume("snap", snapshot, "pgdata", ""));

    assertThat(listed.backups).extracting(Backup::state).containsExactly(expected);
  }

  private static Listed list(String wanted, String... volumes) throws IOException {
    String output = "{\"report\":[{\"lv\":[" + Stream.of(volumes).collect(joining(",")) + "]}]}";
    return Listed.read(
        "lvm", Map.of("volume", wanted), List.of(output.getBytes(StandardCharsets.UTF_8)));
  }

  private static String volume(String name, String attributes, String origin, String pool) {
    return ("{'lv_name':'" + name + "','vg_name':'vg','lv_attr':'" + attributes)
        .concat("','lv_size':'100','origin':'" + origin + "','pool_lv':'" + pool)
        .concat("','data_percent':'','snap_percent':'','metadata_percent':'',")
        .concat("'lv_time':'2026-11-22 09:28:09 +0000'}")
        .replace('\'', '"');
  }
}
