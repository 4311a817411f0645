/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.state.AgentState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the absence of a process from /proc proves. */
final class WatchedServerTest {
  private static final long PUSHING = 77;

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private Path proc = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    proc = Files.createDirectory(directory.resolve("proc"));
    data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("postmaster.pid"), "4711\n/data\n1000100\n");
    Files.writeString(proc.resolve("stat"), "btime 1000000\n");
  }

  private void process(String pid, String command) throws IOException {
    Path process = Files.createDirectory(proc.resolve(pid));
    Files.writeString(
        process.resolve("stat"), pid + " (" + command + ") S 1" + " 0".repeat(17) + " 10000 0 0\n");
  }

  private WatchedServer server() {
    WatchedServer server =
        new WatchedServer(
            new AgentState(clock).server("main"),
            Optional.of(new ServerFiles(data, clock, proc)),
            Optional.empty(),
            List.of(),
            new GoneProcesses(proc, clock),
            Optional.empty());
    server.refresh();
    server.lookAtProcesses(Set.of(PUSHING));
    clock.advanceMillis(60_000);
    return server;
  }

  @Test
  void shouldTakeAProcessForDeadWhereThePostmasterIsSeen() throws IOException {
    process("4711", "postgres");
    assertThat(server().isGone(PUSHING)).isTrue();
  }

  @Test
  void shouldProveNothingWhereThePostmasterIsHidden() {
    assertThat(server().isGone(PUSHING)).isFalse();
  }

  @Test
  void shouldProveNothingWhereThePostmastersNumberIsSomebodyElses() throws IOException {
    process("4711", "sshd");
    assertThat(server().isGone(PUSHING)).isFalse();
  }

  @Test
  void shouldProveNothingOfAServerThatIsKnownByItsLogsOnly() {
    WatchedServer server =
        new WatchedServer(
            new AgentState(clock).server("main"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new GoneProcesses(proc, clock),
            Optional.empty());
    server.refresh();
    server.lookAtProcesses(Set.of(PUSHING));
    clock.advanceMillis(60_000);
    assertThat(server.isGone(PUSHING)).isFalse();
  }
}
