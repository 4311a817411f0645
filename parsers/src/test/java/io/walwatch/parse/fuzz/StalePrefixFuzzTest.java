/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.AnyBytes;

/** PostgreSQL's stderr format where a setting is known that the lines need not have. */
final class StalePrefixFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyBytes.read("stderr", "%m [%p] %q%u@%d ", bytes);
  }
}
