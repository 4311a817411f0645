/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.listing.AnyList;
import java.util.Map;

/** The output of barman-cloud-backup-list. */
final class BarmanCloudListFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyList.read("barman-cloud", Map.of("url", "s3://b", "server", "main"), 1, bytes);
  }
}
