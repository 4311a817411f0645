/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.AnyBytes;

/** PostgreSQL's stderr format, with raw output of every archiver in it. */
final class StderrFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyBytes.read("stderr", bytes);
  }
}
