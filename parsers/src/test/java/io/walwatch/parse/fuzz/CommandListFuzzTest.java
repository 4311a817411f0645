/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.listing.AnyList;
import java.util.Map;

/** The output of an operator's own script. */
final class CommandListFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyList.read("command", Map.of(), 1, bytes);
  }
}
