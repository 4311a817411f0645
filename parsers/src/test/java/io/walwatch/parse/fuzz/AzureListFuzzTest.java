/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.walwatch.parse.listing.AnyList;
import java.util.Map;

/** The output of az snapshot list and az disk list. */
final class AzureListFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void shouldSurviveAnyBytes(byte[] bytes) {
    AnyList.read("azure-disk", Map.of("resource_group", "rg"), 2, bytes);
  }
}
