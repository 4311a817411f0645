/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Syslog messages by TCP on loopback, each handed over as one line as it came, priority included.
 *
 * <p>At most once over a restart. A sender that must never wait, such as rsyslog beside a database,
 * needs a bounded queue that discards: while this process is stopped, TCP makes its senders wait.
 */
public final class SyslogTcpStream implements LogStream {
  private static final int MAX_CONNECTIONS = 64;

  /** Silent for so long, a sender makes room for another: one that logs again connects again. */
  private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final TailLimits limits;
  private final TailEvents events;
  private final LongSupplier nanoClock;
  private final ServerSocketChannel server;
  private final List<SyslogConnection> connections = new ArrayList<>();
  private final Troubles troubles;
  private final PushedLines lines;
  private final Frames frames;
  private Waker waker = Waker.NOBODY;

  /**
   * Binds the address.
   *
   * @throws IllegalArgumentException if the address is not on loopback
   * @throws IOException if it is taken
   */
  public SyslogTcpStream(
      InetSocketAddress address,
      TailLimits limits,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock)
      throws IOException {
    Loopback.require(address);
    this.name = "tcp://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    this.limits = limits;
    this.events = events;
    this.nanoClock = nanoClock;
    this.troubles = new Troubles(events, nanoClock);
    this.lines = new PushedLines(name, limits, handlers, events, nanoClock);
    this.frames = new Frames(lines);
    this.server = ServerSocketChannel.open();
    try {
      server.configureBlocking(false);
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Where it listens; of use when the port was left to the kernel. */
  SocketAddress address() {
    try {
      return server.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(int budgetBytes) {
    accept();
    int read = 0;
    int before;
    do {
      before = read;
      for (SyslogConnection connection : List.copyOf(connections)) {
        read += read(connection);
      }
    } while (read > before && read < budgetBytes);
    lines.settle();
    return read;
  }

  /** One that is too many stays in the kernel's queue until another is gone, or silent. */
  private void accept() {
    if (troubles.mayTry(name)) {
      try {
        SocketChannel channel = null;
        while (hasRoom() && (channel = server.accept()) != null) {
          makeRoom();
          begin(channel);
        }
        troubles.worked(name);
      } catch (IOException e) {
        troubles.failed(name, e);
      }
    }
    listen();
  }

  private boolean hasRoom() {
    return connections.size() < MAX_CONNECTIONS
        || idlest().idleNanos(nanoClock.getAsLong()) >= IDLE_NANOS;
  }

  private SyslogConnection idlest() {
    long now = nanoClock.getAsLong();
    return Collections.max(connections, Comparator.comparingLong(c -> c.idleNanos(now)));
  }

  /** What the silent one sent last is read before it has to go. */
  private void makeRoom() {
    if (connections.size() >= MAX_CONNECTIONS) {
      SyslogConnection idlest = idlest();
      read(idlest);
      if (connections.remove(idlest)) {
        close(idlest);
        events.limited(TailBound.CONNECTIONS, 1);
      }
    }
  }

  private void begin(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    SyslogConnection connection =
        new SyslogConnection(channel, frames, limits.maxLineBytes(), nanoClock.getAsLong());
    connection.wakeBy(waker);
    connections.add(connection);
  }

  private int read(SyslogConnection connection) {
    int length = -1;
    try {
      length = connection.read(nanoClock.getAsLong());
    } catch (IOException e) {
      troubles.failed(name, e);
    }
    if (length < 0) {
      connections.remove(connection);
      close(connection);
    }
    return Math.max(0, length);
  }

  private void close(SyslogConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      troubles.failed(name, e);
    }
  }

  @Override
  public StreamPosition position() {
    return StreamPosition.ofCursor("");
  }

  @Override
  public int openFiles() {
    return server.isOpen() ? 1 : 0;
  }

  @Override
  public long lagBytes() {
    return 0;
  }

  @Override
  public String silence() {
    return connections.isEmpty() ? "nobody is connected" : "";
  }

  @Override
  public Set<Path> watchedDirectories() {
    return Set.of();
  }

  @Override
  public void wakeBy(Waker whom) {
    waker = whom;
    connections.forEach(connection -> connection.wakeBy(whom));
    listen();
  }

  /** Not for senders that cannot be let in: they would not let anybody sleep. */
  private void listen() {
    boolean room = hasRoom() && troubles.mayTry(name);
    waker.watch(server, room ? SelectionKey.OP_ACCEPT : 0);
  }

  @Override
  public void finish() {
    lines.finish();
  }

  @Override
  public void close() {
    connections.forEach(this::close);
    connections.clear();
    try {
      server.close();
    } catch (IOException e) {
      troubles.failed(name, e);
    }
  }
}
