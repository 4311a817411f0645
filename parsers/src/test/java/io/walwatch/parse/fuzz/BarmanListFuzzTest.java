/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.listing.AnyList;
import java.util.Map;

/** The output of Barman's list-backup and show-backup. */
final class BarmanListFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyList.read("barman", Map.of(), 1, bytes);
  }
}
