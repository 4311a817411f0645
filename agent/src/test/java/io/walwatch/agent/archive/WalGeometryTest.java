/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of pg_walfile_name() and pg_split_walfile_name(), or plain sums. */
class WalGeometryTest {
  @ParameterizedTest
  @CsvSource({
    "16777216, 000000010000000000000001, 33554432",
    "16777216, 0000000100000000000000FF, 4294967296",
    "16777216, 000000020000000100000000, 4311744512",
    "1048576, 000000010000000000000FFF, 4294967296",
    "1048576, 000000010000000100000000, 4296015872",
    "1073741824, 000000010000000000000003, 4294967296",
    "1073741824, 0000000100000ABC00000000, 11803643871232",
    "16777216, 00000001FFFFFFFF000000FE, 18446744073692774400",
  })
  void shouldTellTheEndOfASegment(long size, String name, String end) {
    assertThat(new WalGeometry(size).endOf(name).orElseThrow())
        .isEqualTo(Long.parseUnsignedLong(end));
  }

  @Test
  void shouldRefuseNamesOfAnotherSegmentSize() {
    assertThat(WalGeometry.DEFAULT.endOf("000000010000000000000100")).isEmpty();
    assertThat(new WalGeometry(1L << 20).endOf("000000010000000000001000")).isEmpty();
    assertThat(new WalGeometry(1L << 30).endOf("000000010000000000000004")).isEmpty();
    assertThat(WalGeometry.DEFAULT.endOf("00000001000000000000000g")).isEmpty();
    assertThat(WalGeometry.DEFAULT.endOf("000000010000")).isEmpty();
  }

  @Test
  void shouldAcceptPowersOfTwoFromOneMegabyteToOneGigabyteOnly() {
    assertThatThrownBy(() -> new WalGeometry(1L << 19)).hasMessageContaining("524288");
    assertThatThrownBy(() -> new WalGeometry(1L << 31)).hasMessageContaining("2147483648");
    assertThatThrownBy(() -> new WalGeometry(3L << 20)).hasMessageContaining("3145728");
  }

  @ParameterizedTest
  @CsvSource({"1048576", "2097152", "16777216", "67108864", "1073741824"})
  void shouldNumberSegmentsOverTheEndOfALog(long size) {
    WalGeometry geometry = new WalGeometry(size);
    for (long number = geometry.segmentsPerLog() - 2;
        number < geometry.segmentsPerLog() + 2;
        number++) {
      long key = SegmentKey.ofNumber(7, number, geometry);
      assertThat(SegmentKey.number(key, geometry)).isEqualTo(number);
      assertThat(SegmentKey.parse(SegmentKey.name(key))).isEqualTo(key);
      assertThat(geometry.numberAt(geometry.startOf(number))).isEqualTo(number);
      assertThat(geometry.numberAt(geometry.endOf(number) - 1)).isEqualTo(number);
    }
  }

  @Test
  void shouldOrderKeysAsNames() {
    assertThat(SegmentKey.parse("0000000100000000000000FF"))
        .isLessThan(SegmentKey.parse("000000010000000100000000"));
    assertThat(SegmentKey.parse("00000001FFFFFFFF000000FF"))
        .isLessThan(SegmentKey.parse("000000020000000000000001"));
    assertThat(SegmentKey.parse("000800000000000000000001")).isEqualTo(SegmentKey.NONE);
  }
}
