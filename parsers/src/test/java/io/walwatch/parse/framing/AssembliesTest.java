/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.framing.Assembly.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of many processes at once, as long as anybody likes. */
final class AssembliesTest {
  private final List<Long> whole = new ArrayList<>();
  private final List<Long> early = new ArrayList<>();
  private final Assemblies assemblies =
      new Assemblies(message -> whole.add(message.offsetBytes()), early::add);

  @Test
  void shouldHoldABoundedNumberOfBytes() {
    ByteSlice piece = new ByteSlice().wrap(new byte[200 * 1024], 0, 200 * 1024);
    List<Long> begun = new ArrayList<>();
    for (long pid = 1; pid <= 60; pid++) {
      assemblies.nextLine();
      assemblies.begin(Source.PROGRAM, 1, pid, 100 * pid).addLine(piece);
      begun.add(100 * pid);
      assertThat(assemblies.heldBytes()).isLessThan(Assemblies.MAX_OPEN_BYTES + 300 * 1024);
    }
    assertThat(whole).as("the oldest are handed over").hasSizeGreaterThan(45);
    assertThat(early).as("and each of them is told").isEqualTo(whole);

    assemblies.closeAll();

    assertThat(whole).containsExactlyElementsOf(begun);
    assertThat(assemblies.heldBytes()).isLessThan(300 * 1024);
  }
}
