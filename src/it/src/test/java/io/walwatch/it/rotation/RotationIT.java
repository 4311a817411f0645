/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packed agent counts what was written, and nothing twice, whatever happens to the log. */
class RotationIT {
  @ParameterizedTest
  @EnumSource(RotationCase.class)
  void shouldCountWhatWasWrittenOnce(RotationCase rotation) throws Exception {
    Result result = Result.of(rotation, WalwatchContestant::new);

    assertThat(result).isEqualTo(Result.truth(rotation));
  }
}
