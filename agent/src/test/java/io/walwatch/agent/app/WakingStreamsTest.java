/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.SourceInput.Transport;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.InputLogStream;
import io.walwatch.agent.tail.JournalLogStream;
import io.walwatch.agent.tail.LineHandler;
import io.walwatch.agent.tail.LineHandlers;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.StreamPosition;
import io.walwatch.agent.tail.TailLimits;
import io.walwatch.parse.Line;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever kind of stream it is, what comes ends the loop's sleep. The sleep here is longer than
 * the test may take.
 */
@Timeout(60)
final class WakingStreamsTest {
  private static final long FOR_EVER_MILLIS = 3_600_000;
  private static final int BUDGET_BYTES = 1 << 20;
  private static final ByteBuffer MESSAGE = ByteBuffer.wrap("<14>what\n".getBytes(US_ASCII));

  @TempDir private Path directory;
  private Optional<Wakeup> wakeup = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    wakeup = Optional.of(new Wakeup(FileSystems.getDefault()::newWatchService));
  }

  @AfterEach
  void close() throws IOException {
    wakeup.orElseThrow().close();
  }

  @Test
  void shouldWakeForADatagram() throws Exception {
    int port = freePort();
    try (LogStream stream = syslog(Transport.UDP, port);
        DatagramChannel sender = DatagramChannel.open()) {
      assertThat(stream.read(BUDGET_BYTES)).isZero();
      sender.send(MESSAGE.duplicate(), address(port));
      awaitBytes(stream);
    }
  }

  @Test
  void shouldWakeForASenderAndForWhatItSends() throws Exception {
    int port = freePort();
    try (LogStream stream = syslog(Transport.TCP, port)) {
      assertThat(stream.read(BUDGET_BYTES)).isZero();
      try (SocketChannel sender = SocketChannel.open(address(port))) {
        for (int message = 0; message < 3; message++) {
          sender.write(MESSAGE.duplicate());
          awaitBytes(stream);
        }
      }
    }
  }

  @Test
  void shouldWakeForWhatIsPipedIn() throws Exception {
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(writer);
        LogStream stream =
            new InputLogStream(
                "stdin",
                input,
                TailLimits.DEFAULT,
                lines(),
                SourceState.unnamed(),
                System::nanoTime)) {
      stream.wakeBy(wakeup.orElseThrow());
      assertThat(stream.read(BUDGET_BYTES)).isZero();
      writer.write("what\n".getBytes(US_ASCII));
      writer.flush();
      awaitBytes(stream);
    }
  }

  @Test
  void shouldWakeForAnEntryOfTheJournal() throws Exception {
    Path export = Files.createFile(directory.resolve("export"));
    List<String> follow = List.of("sh", "-c", "exec tail -f " + export);
    try (LogStream stream =
        new JournalLogStream(
            follow,
            List.of(),
            Instant.MIN,
            StreamPosition.NEW,
            TailLimits.DEFAULT,
            lines(),
            lines(),
            SourceState.unnamed(),
            System::nanoTime)) {
      stream.wakeBy(wakeup.orElseThrow());
      assertThat(stream.read(BUDGET_BYTES)).isZero();
      Files.writeString(export, "__CURSOR=c1\nMESSAGE=what\n\n", StandardOpenOption.APPEND);
      awaitBytes(stream);
    }
  }

  @Test
  void shouldWakeForALineInAFile() throws Exception {
    Path log = Files.createFile(directory.resolve("a.log"));
    Streams streams =
        new Streams(TailLimits.DEFAULT, FileSource.Start.BEGINNING, InstantSource.system());
    SourceInput input = new SourceInput.Files(List.of(log.toString()));
    try (LogStream stream = open(streams, input)) {
      assertThat(stream.read(BUDGET_BYTES)).isZero();
      wakeup.orElseThrow().watchLogs(stream.watchedDirectories());
      Files.writeString(log, "what\n", StandardOpenOption.APPEND);
      awaitBytes(stream);
    }
  }

  /** Wakes without need do no harm, but only a wake lets it go on. */
  private void awaitBytes(LogStream stream) throws InterruptedException {
    do {
      wakeup.orElseThrow().await(FOR_EVER_MILLIS);
    } while (stream.read(BUDGET_BYTES) == 0);
  }

  private LogStream syslog(Transport transport, int port) throws UsageException {
    Streams streams = new Streams(TailLimits.DEFAULT, FileSource.Start.END, InstantSource.system());
    ListenAddress address = new ListenAddress(Optional.of("127.0.0.1"), port);
    return open(streams, new SourceInput.Syslog(transport, address));
  }

  private LogStream open(Streams streams, SourceInput input) throws UsageException {
    LogStream stream =
        streams.open(
            input,
            FileSource.NOTHING_IS_NEW,
            StreamPosition.NEW,
            lines(),
            lines(),
            SourceState.unnamed());
    stream.wakeBy(wakeup.orElseThrow());
    return stream;
  }

  private static LineHandlers lines() {
    return path -> new NoLines();
  }

  private record NoLines() implements LineHandler {
    @Override
    public void line(Line line) {}
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
