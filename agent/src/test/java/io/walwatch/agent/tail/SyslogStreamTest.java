/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets on loopback, on ports that the kernel chooses. */
@Timeout(30)
class SyslogStreamTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** As WAL-E sends it: no time, no host, no pid, raw line ends, a zero at the end. */
  private static final String RAW =
      "<14>wal_e.worker.upload INFO     MSG: begin archiving a file\n        STRUCTURED: a=b\0";

  private static final String RAW_LINE =
      "<14>wal_e.worker.upload INFO     MSG: begin archiving a file#012        STRUCTURED: a=b";

  private final RecordingLines recorded = new RecordingLines();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void shouldMakeOneLineOfEachDatagram() throws IOException {
    try (SyslogUdpStream stream = udp();
        DatagramChannel sender = DatagramChannel.open()) {
      sender.send(bytes(RAW), stream.address());
      sender.send(bytes("<13>1 2026-11-22T09:07:00Z vm pg 4711 - - a\tb"), stream.address());
      assertThat(recorded.await(stream, 2))
          .containsExactly(RAW_LINE, "<13>1 2026-11-22T09:07:00Z vm pg 4711 - - a#011b");
      assertThat(recorded.committedLines).isEqualTo(2);
    }
  }

  @Test
  void shouldTellTheHandlerWhenNoDatagramFollows() throws IOException {
    try (SyslogUdpStream stream = udp();
        DatagramChannel sender = DatagramChannel.open()) {
      sender.send(bytes(RAW), stream.address());
      recorded.await(stream, 1);
      nanos.addAndGet(TailLimits.DEFAULT.quiet().toNanos());
      stream.read(1 << 20);
      assertThat(recorded.told).containsExactly("quiet");
    }
  }

  @Test
  void shouldRefuseToListenWhereOthersCanReach() {
    InetSocketAddress open = new InetSocketAddress(0);
    assertThatThrownBy(
            () -> new SyslogUdpStream(open, TailLimits.DEFAULT, recorded, recorded, nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }

  @Test
  void shouldReadMessagesThatEndWithANewlineWhereverThePacketsEnd() throws IOException {
    try (SyslogTcpStream stream = tcp();
        SocketChannel sender = SocketChannel.open(stream.address())) {
      sender.write(bytes("<14>one\n<14>tw"));
      recorded.await(stream, 1);
      sender.write(bytes("o\n"));
      assertThat(recorded.await(stream, 2)).containsExactly("<14>one", "<14>two");
    }
  }

  @Test
  void shouldReadCountedMessagesWithLineEndsInThem() throws IOException {
    try (SyslogTcpStream stream = tcp();
        SocketChannel sender = SocketChannel.open(stream.address())) {
      String counted = RAW.length() + " " + RAW;
      sender.write(bytes(counted + counted.substring(0, 20)));
      recorded.await(stream, 1);
      sender.write(bytes(counted.substring(20) + "7 <14>end"));
      assertThat(recorded.await(stream, 3)).containsExactly(RAW_LINE, RAW_LINE, "<14>end");
    }
  }

  @Test
  void shouldTakeTheLastMessageOfASenderThatLeaves() throws IOException {
    try (SyslogTcpStream stream = tcp()) {
      try (SocketChannel sender = SocketChannel.open(stream.address())) {
        sender.write(bytes("<14>last words"));
      }
      assertThat(recorded.await(stream, 1)).containsExactly("<14>last words");
    }
  }

  @Test
  void shouldTakeMessagesThatBeginWithANumberThatIsNoCount() throws IOException {
    List<String> dated =
        List.of(
            "2026-11-22T09:08:09.522311+00:00 db1 a",
            "2026 Nov 22 09:08:09 db1 b",
            "12x <14>c",
            "12345678901234 <14>d",
            "7");
    try (SyslogTcpStream stream = tcp();
        SocketChannel sender = SocketChannel.open(stream.address())) {
      sender.write(bytes(String.join("\n", dated) + "\n7 <14>end20"));
      sender.shutdownOutput();
      assertThat(recorded.await(stream, 7))
          .containsExactlyElementsOf(
              Stream.concat(dated.stream(), Stream.of("<14>end", "20")).toList());
    }
  }

  @Test
  void shouldCutAMessageThatIsTooLong() throws IOException {
    try (SyslogTcpStream stream = tcp();
        SocketChannel sender = SocketChannel.open(stream.address())) {
      sender.write(bytes("<14>" + "x".repeat(70_000) + "\n<14>next\n"));
      recorded.await(stream, 2);
      assertThat(recorded.lines.get(0)).hasSize(TailLimits.DEFAULT.maxLineBytes());
      assertThat(recorded.lines.get(1)).isEqualTo("<14>next");
      assertThat(recorded.told).contains("long line");
    }
  }

  @Test
  void shouldNotBeWokenForSendersThatItCannotLetInNow() throws IOException {
    List<SocketChannel> senders = new ArrayList<>();
    Map<SelectableChannel, Integer> watched = new HashMap<>();
    try (SyslogTcpStream stream = tcp()) {
      stream.wakeBy(
          new Waker() {
            @Override
            public void wake() {}

            @Override
            public void watch(SelectableChannel channel, int operations) {
              watched.put(channel, operations);
            }
          });
      for (int sender = 0; sender < 64; sender++) {
        assertThat(watched).containsValue(SelectionKey.OP_ACCEPT);
        senders.add(SocketChannel.open(stream.address()));
        while (watched.size() < senders.size() + 1) {
          stream.read(1 << 20);
        }
      }
      assertThat(watched).hasSize(65).containsValue(0).doesNotContainValue(SelectionKey.OP_ACCEPT);
      senders.get(0).close();
      while (!watched.containsValue(SelectionKey.OP_ACCEPT)) {
        stream.read(1 << 20);
      }
    } finally {
      for (SocketChannel sender : senders) {
        sender.close();
      }
    }
  }

  @Test
  void shouldSayWhenNobodySends() throws IOException {
    try (SyslogTcpStream tcp = tcp();
        SyslogUdpStream udp = udp();
        DatagramChannel datagrams = DatagramChannel.open()) {
      assertThat(tcp.silence()).isEqualTo("nobody is connected");
      assertThat(udp.silence()).isEqualTo("nothing has come since the start");
      try (SocketChannel sender = SocketChannel.open(tcp.address())) {
        sender.write(bytes("<14>one\n"));
        recorded.await(tcp, 1);
        assertThat(tcp.silence()).isEmpty();
      }
      datagrams.send(bytes(RAW), udp.address());
      recorded.await(udp, 2);
      assertThat(udp.silence()).isEmpty();
      while (tcp.silence().isEmpty()) {
        tcp.read(1 << 20);
      }
    }
  }

  @Test
  void shouldCountWhatTheKernelDropped() throws IOException {
    try (SyslogUdpStream stream = udp();
        DatagramChannel sender = DatagramChannel.open()) {
      String text = "<14>" + "x".repeat(1_000);
      for (int message = 0; message < 5_000; message++) {
        sender.send(bytes(text), stream.address());
      }
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      while (stream.read(1 << 20) > 0) {
        assertThat(recorded.lines).isNotEmpty();
      }
      assertThat(recorded.limited.getOrDefault(TailBound.DATAGRAMS, 0L)).isPositive();
      assertThat(recorded.lines.size() + recorded.limited.getOrDefault(TailBound.DATAGRAMS, 0L))
          .isEqualTo(5_000);
    }
  }

  @Test
  void shouldLetASenderInWhereAllOthersAreSilent() throws IOException {
    List<SocketChannel> senders = new ArrayList<>();
    try (SyslogTcpStream stream = tcp()) {
      for (int sender = 0; sender < 64; sender++) {
        senders.add(SocketChannel.open(stream.address()));
        senders.get(sender).write(bytes("<14>hello\n"));
        recorded.await(stream, sender + 1);
      }
      nanos.addAndGet(Duration.ofSeconds(30).toNanos());
      for (SocketChannel sender : senders.subList(1, 64)) {
        sender.write(bytes("<14>again\n"));
      }
      recorded.await(stream, 64 + 63);
      nanos.addAndGet(Duration.ofSeconds(30).toNanos());
      try (SocketChannel late = SocketChannel.open(stream.address())) {
        late.write(bytes("<14>late\n"));
        assertThat(recorded.await(stream, 64 + 63 + 1)).contains("<14>late");
      }
      assertThat(senders.get(0).read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(recorded.limited).isEqualTo(Map.of(TailBound.CONNECTIONS, 1L));
    } finally {
      for (SocketChannel sender : senders) {
        sender.close();
      }
    }
  }

  @Test
  void shouldNotTakeAConnectionThatWasResetForATroubleThatLasts() throws IOException {
    try (SyslogTcpStream stream = tcp()) {
      SocketChannel rude = SocketChannel.open(stream.address());
      rude.write(bytes("<14>one\n"));
      recorded.await(stream, 1);
      rude.setOption(StandardSocketOptions.SO_LINGER, 0);
      rude.close();
      while (recorded.told.isEmpty()) {
        stream.read(1 << 20);
      }
      assertThat(recorded.told).singleElement().asString().startsWith("unreadable");
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      stream.read(1 << 20);
      assertThat(recorded.told).contains("readable");
    }
  }

  private SyslogUdpStream udp() throws IOException {
    return new SyslogUdpStream(ANY_PORT, TailLimits.DEFAULT, recorded, recorded, nanos::get);
  }

  private SyslogTcpStream tcp() throws IOException {
    SyslogTcpStream stream =
        new SyslogTcpStream(ANY_PORT, TailLimits.DEFAULT, recorded, recorded, nanos::get);
    SocketAddress address = stream.address();
    assertThat(address).isNotNull();
    return stream;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
