/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** WAL-E's recorded lists, and what must not pass for one. */
final class WaleListTest {
  private static final String COLUMNS =
      "name\tlast_modified\texpanded_size_bytes\twal_segment_backup_start\t"
          + "wal_segment_offset_backup_start\twal_segment_backup_stop\t"
          + "wal_segment_offset_backup_stop\r\n";

  @Test
  void shouldReadEveryColumnOfADetailedList() throws IOException {
    assertThat(Listed.samples("wal-e", Map.of(), "wal-e/backup-list-end.stdout").backups)
        .containsExactly(
            backup("000000010000000000000024", "_00000216", "2026-11-22T09:07:02Z", 107_032_534),
            backup("000000010000000000000027", "_00000040", "2026-11-22T09:07:04Z", 107_311_062),
            backup("000000020000000000000048", "_00000048", "2026-11-22T09:08:51Z", 111_529_982));
    assertThat(Listed.samples("wal-e", Map.of(), "wal-e/backup-list--detail.stdout").backups)
        .containsExactly(
            backup("000000010000000000000024", "_00000216", "2026-11-22T09:07:02Z", 107_032_534),
            backup("000000010000000000000027", "_00000040", "2026-11-22T09:07:04Z", 107_311_062));
  }

  @Test
  void shouldKnowNoSizesWithoutDetail() throws IOException {
    assertThat(Listed.samples("wal-e", Map.of(), "wal-e/backup-list.stdout").backups)
        .extracting(Backup::sizeBytes)
        .containsExactly(OptionalLong.empty(), OptionalLong.empty());
  }

  @Test
  void shouldTakeATimeWithoutAZoneForUtc() throws IOException {
    String line =
        "base_000000010000000000000002_00000040\t2026-11-22T09:11:18.264876\t\t"
            + "000000010000000000000002\t00000040\t\t\r\n";

    assertThat(Listed.text("wal-e", COLUMNS + line).backups)
        .extracting(Backup::finished)
        .containsExactly(Optional.of(Instant.parse("2026-11-22T09:11:18.264876Z")));
  }

  @Test
  void shouldReadATableAfterWarningsAndOneWithoutBackups() throws IOException {
    assertThat(Listed.text("wal-e", "DeprecationWarning: pkg_resources\r\n" + COLUMNS).backups)
        .isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoList() {
    refused("", "the output is empty");
    refused("<html><body>Sign in</body></html>\n", "it begins with \"<html><body>Sign in");
    refused(COLUMNS.replace("last_modified", "modified"), "no line with the columns");
    refused(COLUMNS + "base_1\t2026-11-22T09:07:02.000Z\r\n", "a line has 2 columns instead of 7");
    refused(COLUMNS + "base_1\tyesterday\t\t\t\t\t\r\n", "\"yesterday\" is not a time");
    refused(
        COLUMNS + "base_1\t2026-11-22T09:07:02.000Z\tmuch\t\t\t\t\r\n",
        "\"much\" is not a size in bytes");
    refused("x".repeat(20_000), "a line is longer than 16384 bytes");
  }

  private static void refused(String output, String message) {
    assertThatThrownBy(() -> Listed.text("wal-e", output))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }

  private static Backup backup(String segment, String offset, String finished, long bytes) {
    return Backup.named("base_" + segment + offset, State.OK)
        .finished(Optional.of(Instant.parse(finished)))
        .sized(OptionalLong.of(bytes))
        .startingAt(Optional.of(segment));
  }
}
