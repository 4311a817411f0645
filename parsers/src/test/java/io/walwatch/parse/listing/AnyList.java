/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Backup;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads bytes of any sort as a list of backups and checks what must hold whatever they are. */
public final class AnyList {
  private AnyList() {}

  /**
   * Reads the output of each of a provider's commands.
   *
   * @param outputs how many commands print these bytes
   */
  public static void read(String provider, Map<String, String> options, int outputs, byte[] bytes) {
    Listed listed;
    try {
      listed = Listed.read(provider, options, Collections.nCopies(outputs, bytes));
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1_000);
      return;
    }
    listed.backups.forEach(AnyList::check);
    assertThat(listed.space).allSatisfy(ratio -> assertThat(ratio).isFinite());
    assertThat(listed.walFiles).allMatch(name -> WalFile.parse(name) != null);
    assertThat(List.copyOf(listed.volumes)).doesNotContainNull();
  }

  private static void check(Backup backup) {
    assertThat(backup.name()).isNotEmpty();
    assertThat(backup.sizeBytes().orElse(0)).isNotNegative();
    backup.startSegment().ifPresent(name -> assertThat(WalFile.parse(name)).isNotNull());
  }
}
