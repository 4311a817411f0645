/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Backup.State;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupTest {
  private static final Backup BACKUP = Backup.named("a", State.OK);

  @Test
  void shouldStartAtTheSegmentThatIsTold() {
    assertThat(BACKUP.startingAt(Optional.of("000000010000000000000024")).startSegment())
        .hasValue("000000010000000000000024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "None",
        "0/2000028",
        "00000001000000000000002a",
        "00000002.history",
        "000000010000000000000024.partial"
      })
  void shouldStartNowhereWhereNoSegmentIsTold(String text) {
    assertThat(BACKUP.startingAt(Optional.of(text)).startSegment()).isEmpty();
  }
}
