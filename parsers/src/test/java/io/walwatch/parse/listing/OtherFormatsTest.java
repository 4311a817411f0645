/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.MalformedListException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the same tools print when they are asked in another way, or for something else: refused as a
 * whole, since it must not pass for a list of nothing.
 */
final class OtherFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "pgbackrest, pgbackrest-2.45-info.txt",
    "pgbackrest, barman-3.4.0-list-backup.json",
    "pgbackrest, pgbackrest-2.45-backup.log",
    "barman, barman-3.4.0-list-backup.txt",
    "barman, barman-3.4.0-check.json",
    "barman, barman-3.4.0-status.json",
    "barman, pgbackrest-2.45-info.json",
    "barman-cloud, barman-3.4.0-cloud-backup.log",
    "lvm, lvm-2.03.16-version",
    "azure-disk, lvm-2.03.16-lvs.json",
    "s3, s3-list-objects-v2.basebackups.moto.json",
    "s3, s3-list-objects-v2.cli-max-items.moto.json",
    "s3, s3-list-objects-v2.page1of3.moto-5.2.1.json",
    "s3, s3-list-objects-v2.raw.moto.xml",
    "wal-e, barman-3.4.0-list-backup.txt",
    "wal-g, pgbackrest-2.45-info.txt",
    "command, pgbackrest-2.45-info.json",
  })
  void shouldBeRefused(String provider, String sample) {
    assertThatThrownBy(() -> Listed.samples(provider, Map.of(), "inventory/" + sample))
        .isInstanceOf(MalformedListException.class)
        .message()
        .isNotBlank();
  }
}
