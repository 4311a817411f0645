/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How many datagrams the kernel dropped of one socket, since its buffer was full: the last column
 * of {@code /proc/net/udp} and {@code udp6} (Linux, net/ipv4/udp.c, udp4_format_sock). The socket
 * is told by the address that it is bound to, which no other has: Java gives no inode away.
 */
final class UdpDrops {
  private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  /** "::ffff:" before an IPv4 address, as a socket of both families is bound. */
  private static final String MAPPED = "0000000000000000FFFF0000";

  private final List<Path> tables;
  private final List<String> addresses;
  private final LongSupplier nanoClock;
  private long nextNanos;
  private long known;

  UdpDrops(InetSocketAddress address, Path directory, LongSupplier nanoClock) {
    this.tables = List.of(directory.resolve("udp"), directory.resolve("udp6"));
    String host = hex(address.getAddress().getAddress());
    String port = String.format(Locale.ROOT, ":%04X", address.getPort());
    this.addresses =
        address.getAddress() instanceof Inet6Address
            ? List.of(host + port)
            : List.of(host + port, MAPPED + host + port);
    this.nanoClock = nanoClock;
    this.nextNanos = nanoClock.getAsLong();
  }

  /** Drops since this was asked last; looks once a second at most. */
  long more() {
    long now = nanoClock.getAsLong();
    if (now - nextNanos < 0) {
      return 0;
    }
    nextNanos = now + EVERY_NANOS;
    long drops = tables.stream().map(this::read).flatMapToLong(OptionalLong::stream).sum();
    long more = Math.max(0, drops - known);
    known = Math.max(known, drops);
    return more;
  }

  /** Nothing where there is no such table, or it does not hold the socket. */
  private OptionalLong read(Path table) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split(" +"))
          .filter(words -> words.length > 12 && addresses.contains(words[1]))
          .mapToLong(words -> Long.parseLong(words[words.length - 1]))
          .findFirst();
    } catch (IOException | RuntimeException ignored) {
      return OptionalLong.empty();
    }
  }

  /** Each four bytes as the machine would read a number of them. */
  private static String hex(byte[] address) {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < address.length; i++) {
      int at = little ? (i & ~3) + 3 - (i & 3) : i;
      text.append(String.format(Locale.ROOT, "%02X", address[at]));
    }
    return text.toString();
  }
}
