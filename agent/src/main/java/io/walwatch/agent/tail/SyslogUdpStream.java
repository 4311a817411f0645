/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Syslog messages by UDP on loopback, one in each datagram, each handed over as one line as it
 * came, priority included.
 *
 * <p>At most once: what comes while nobody listens, or while the kernel's buffer is full, is gone,
 * and its sender never waits. What the kernel dropped is counted, as far as it tells.
 */
public final class SyslogUdpStream implements LogStream {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
  private static final int MAX_DATAGRAM_BYTES = 1 << 16;

  private final String name;
  private final TailEvents events;
  private final Troubles troubles;
  private final UdpDrops drops;
  private final DatagramChannel channel;
  private final PushedLines lines;
  private final Frames frames;
  private final ByteBuffer datagram = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);

  /**
   * Binds the address.
   *
   * @throws IllegalArgumentException if the address is not on loopback
   * @throws IOException if it is taken
   */
  public SyslogUdpStream(
      InetSocketAddress address,
      TailLimits limits,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock)
      throws IOException {
    Loopback.require(address);
    this.name = "udp://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    this.events = events;
    this.troubles = new Troubles(events, nanoClock);
    this.lines = new PushedLines(name, limits, handlers, events, nanoClock);
    this.frames = new Frames(lines);
    this.channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.configureBlocking(false);
      channel.bind(address);
      InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
      this.drops = new UdpDrops(bound, Path.of("/proc/net"), nanoClock);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Where it listens; of use when the port was left to the kernel. */
  SocketAddress address() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(int budgetBytes) {
    int read = 0;
    try {
      tellDrops();
      while (read < budgetBytes && channel.receive(datagram.clear()) != null) {
        frames.accept(datagram.array(), 0, datagram.position());
        read += Math.max(1, datagram.position());
      }
      troubles.worked(name);
    } catch (IOException e) {
      troubles.failed(name, e);
    }
    lines.settle();
    return read;
  }

  private void tellDrops() {
    long more = drops.more();
    if (more > 0) {
      events.limited(TailBound.DATAGRAMS, more);
    }
  }

  @Override
  public StreamPosition position() {
    return StreamPosition.ofCursor("");
  }

  @Override
  public int openFiles() {
    return channel.isOpen() ? 1 : 0;
  }

  @Override
  public long lagBytes() {
    return 0;
  }

  @Override
  public String silence() {
    return lines.offset() == 0 ? "nothing has come since the start" : "";
  }

  @Override
  public Set<Path> watchedDirectories() {
    return Set.of();
  }

  @Override
  public void wakeBy(Waker waker) {
    waker.watch(channel, SelectionKey.OP_READ);
  }

  @Override
  public void finish() {
    lines.finish();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      troubles.failed(name, e);
    }
  }
}
