/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes, as Linux says it.
 *
 * @param residentKib memory
 */
record Usage(long residentKib, long files, long threads) {
  static Usage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(process.resolve("status"));
    return new Usage(
        number(status, "VmRSS:"), count(process.resolve("fd")), number(status, "Threads:"));
  }

  /** The most of each. */
  static Usage peak(List<Usage> usages) {
    return new Usage(
        usages.stream().mapToLong(Usage::residentKib).max().orElseThrow(),
        usages.stream().mapToLong(Usage::files).max().orElseThrow(),
        usages.stream().mapToLong(Usage::threads).max().orElseThrow());
  }

  private static long number(List<String> status, String name) {
    String line = status.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.count();
    }
  }
}
