/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which machine this is, and since which boot it runs.
 *
 * @param machine from /etc/machine-id; {@code unknown} where there is none
 * @param boot from /proc/sys/kernel/random/boot_id; {@code unknown} where there is none
 */
record Host(String machine, String boot) {
  static Host read() {
    return new Host(
        read(Path.of("/etc/machine-id")), read(Path.of("/proc/sys/kernel/random/boot_id")));
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
