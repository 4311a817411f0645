/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that are well formed and cannot be. */
final class ImpossibleListsTest {
  @Test
  void shouldRefuseASizeThatNoDiskHas() throws IOException {
    String sample = Listed.sample("inventory/azure-snapshot-list.SYNTHETIC.json");
    String huge = sample.replaceFirst("(\"diskSizeGB\": *)\\d+", "$18589934592");

    refused("azure-disk", huge, "8589934592 GiB is no size of a disk");
    refused("s3", "a\t2026-11-22T09:00:00Z\t9223372036854775808\n", "not a size in bytes");
    refused("s3", "a\t2026-11-22T09:00:00Z\t-1\n", "not a size in bytes");
  }

  @Test
  void shouldRefuseALayoutThatItDoesNotKnow() {
    byte[] line = "a\t2026-11-22T09:00:00Z\t1\n".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Listed.read("s3", Map.of("layout", "walg"), List.of(line)))
        .isInstanceOf(MalformedListException.class)
        .hasMessage("layout \"walg\" is none of files, wal-e and wal-g");
  }

  private static void refused(String provider, String output, String message) {
    assertThatThrownBy(() -> Listed.text(provider, output))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }
}
