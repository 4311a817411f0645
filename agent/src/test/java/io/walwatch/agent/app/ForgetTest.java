/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From {@code walwatch forget gap} to the position that moves on. */
final class ForgetTest {
  private static final long SEGMENT_BYTES = 16 << 20;

  @TempDir private Path directory;
  @TempDir private Path wal;
  private final TestClock clock = new TestClock();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldMoveThePositionOnWhenAnOperatorSaysSo() throws IOException {
    WatchedServer server = SkippedSegment.server("15/main", wal, clock);
    ArchiveQueue queue = server.queue().orElseThrow();
    assertThat(queue.status().contiguousPosition()).hasValue(2 * SEGMENT_BYTES);
    knowServers("15/main");

    assertThat(run("15/main")).isZero();
    ForgetRequests requests = new ForgetRequests(directory);
    assertThat(requests.apply(List.of(server))).isTrue();

    assertThat(queue.status().contiguousPosition()).hasValue(4 * SEGMENT_BYTES);
  }

  @Test
  void shouldKeepTheRequestUntilTheCheckpointHoldsIt() throws IOException {
    WatchedServer server = SkippedSegment.server("15/main", wal, clock);
    new ForgetRequests(directory).write("15/main", Long.MAX_VALUE);
    Path request = directory.resolve("forget-gap-15%2Fmain");
    ForgetRequests requests = new ForgetRequests(directory);

    assertThat(requests.apply(List.of(server))).isTrue();
    assertThat(requests.apply(List.of(server))).as("done already").isFalse();
    assertThat(request).exists();
    requests.kept();

    assertThat(request).doesNotExist();
    assertThat(requests.apply(List.of(server))).isFalse();
  }

  @Test
  void shouldForgetUpToAPositionOnly() throws IOException {
    WatchedServer server = SkippedSegment.server("15/main", wal, clock);
    knowServers("15/main");

    assertThat(run("15/main", "--up-to", "0/1000000")).isZero();
    new ForgetRequests(directory).apply(List.of(server));

    assertThat(server.queue().orElseThrow().status().contiguousPosition())
        .hasValue(2 * SEGMENT_BYTES);
  }

  @Test
  void shouldSurviveARequestThatCannotBeRead() throws IOException {
    WatchedServer server = SkippedSegment.server("15/main", wal, clock);
    Files.writeString(directory.resolve("forget-gap-15%2Fmain"), "nonsense");
    ForgetRequests requests = new ForgetRequests(directory);

    requests.apply(List.of(server));
    requests.kept();

    assertThat(directory.resolve("forget-gap-15%2Fmain")).doesNotExist();
  }

  @Test
  void shouldTakeTheOnlyServerWhereNoneIsNamed() throws IOException {
    knowServers("main");

    assertThat(run()).isZero();

    assertThat(directory.resolve("forget-gap-main")).hasContent(Long.MAX_VALUE + "\n");
  }

  @Test
  void shouldRefuseWhatItCannotKnow() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("no agent has watched an archive queue");

    knowServers("a", "b");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("which server's gaps? Name one of a, b");
    assertThat(run("c")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no server called c; known: a, b");
    assertThat(run("a", "--up-to", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--up-to x is no WAL position");
  }

  /** A restart while archive_status cannot be read. */
  @Test
  void shouldLetARequestWaitUntilTheQueueKnowsItsGapsAgain() throws IOException {
    QueueMemory memory =
        SkippedSegment.server("15/main", wal, clock).queue().orElseThrow().memory();
    WatchedServer server = SkippedSegment.server("15/main", wal, clock, memory);
    ArchiveQueue queue = server.queue().orElseThrow();
    ForgetRequests requests = new ForgetRequests(directory);
    requests.write("15/main", Long.MAX_VALUE);

    assertThat(requests.apply(List.of(server))).isFalse();
    requests.kept();
    queue.tick();
    assertThat(queue.status().contiguousPosition()).hasValue(2 * SEGMENT_BYTES);
    assertThat(requests.apply(List.of(server))).isTrue();

    assertThat(queue.status().contiguousPosition()).hasValue(4 * SEGMENT_BYTES);
  }

  @Test
  void shouldRememberASkipThatIsReadBeforeTheQueueCanBe() throws IOException {
    QueueMemory memory =
        SkippedSegment.server("15/main", wal, clock).queue().orElseThrow().memory();
    ArchiveQueue queue = SkippedSegment.server("15/main", wal, clock, memory).queue().orElseThrow();
    queue.skipped(Objects.requireNonNull(WalFile.parse("000000010000000000000001")));
    queue.tick();

    assertThat(queue.status().contiguousPosition()).hasValue(SEGMENT_BYTES);
  }

  private void knowServers(String... names) throws IOException {
    Node node = new Node();
    Node queues = node.add("queues");
    for (String name : names) {
      queues.add(name);
    }
    new CheckpointFile(directory).save(node, false);
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(new StringWriter(), true));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 4];
    all[0] = "forget";
    all[1] = "gap";
    all[2] = "--state-dir";
    all[3] = directory.toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return line.execute(all);
  }
}
