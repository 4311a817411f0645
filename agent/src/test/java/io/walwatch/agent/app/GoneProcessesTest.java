/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a process counts as gone for good. */
final class GoneProcessesTest {
  @TempDir private Path proc;
  private final TestClock clock = new TestClock();

  @Test
  void shouldWaitUntilTheLastWordsOfAProcessMustBeInTheLog() {
    GoneProcesses processes = new GoneProcesses(proc, clock);
    processes.look(Set.of(7L));
    clock.advanceMillis(1_999);
    assertThat(processes.isGone(7)).isFalse();
    clock.advanceMillis(1);
    assertThat(processes.isGone(7)).isTrue();
  }

  @Test
  void shouldNotGiveUpAProcessThatIsThere() throws IOException {
    Files.createDirectory(proc.resolve("7"));
    GoneProcesses processes = new GoneProcesses(proc, clock);
    processes.look(Set.of(7L));
    clock.advanceMillis(60_000);
    processes.look(Set.of(7L));
    assertThat(processes.isGone(7)).isFalse();
  }

  @Test
  void shouldForgetAProcessThatCameBackOrIsAskedForNoLonger() throws IOException {
    GoneProcesses processes = new GoneProcesses(proc, clock);
    processes.look(Set.of(7L, 8L));
    clock.advanceMillis(5_000);
    Files.createDirectory(proc.resolve("7"));
    processes.look(Set.of(7L));
    assertThat(processes.isGone(7)).isFalse();
    assertThat(processes.isGone(8)).isFalse();
  }

  @Test
  void shouldBeginAgainWhenTheClockIsSetBack() {
    GoneProcesses processes = new GoneProcesses(proc, clock);
    processes.look(Set.of(7L));
    clock.advanceMillis(-3_600_000);
    assertThat(processes.isGone(7)).isFalse();
    clock.advanceMillis(2_000);
    assertThat(processes.isGone(7)).isTrue();
  }
}
