/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Which machine this is, and since which boot it runs.
 *
 * @param machine from /etc/machine-id; {@code unknown} where there is none
 * @param boot from /proc/sys/kernel/random/boot_id; {@code unknown} where there is none
 * @param bootedMillis when that was, since the epoch; empty where /proc/stat does not say
 */
record Host(String machine, String boot, OptionalLong bootedMillis) {
  static Host read() {
    return new Host(
        read(Path.of("/etc/machine-id")),
        read(Path.of("/proc/sys/kernel/random/boot_id")),
        bootTime(read(Path.of("/proc/stat"))));
  }

  /** From proc(5): {@code btime 1795338495}, seconds since the epoch. */
  static OptionalLong bootTime(String stat) {
    return stat.lines()
        .filter(line -> line.matches("btime \\d{1,12}"))
        .mapToLong(line -> Duration.ofSeconds(Long.parseLong(line.substring(6))).toMillis())
        .findFirst();
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "unknown" : text;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
