/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.listing.AnyList;
import java.util.Map;

/** The output of pgBackRest's info. */
final class PgbackrestListFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyList.read("pgbackrest", Map.of(), 1, bytes);
  }
}
