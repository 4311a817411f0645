/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the kernel says about a process.
 *
 * @param residentKib memory that it holds now
 * @param peakKib the most that it ever held
 * @param cpu processor time that it used
 */
public record ProcessStatus(long residentKib, long peakKib, Duration cpu) {
  private static final int USER_TICKS_FIELD = 11;
  private static final int SYSTEM_TICKS_FIELD = 12;
  // USER_HZ, which is 100 on every Linux that a JVM runs on.
  private static final int MILLIS_PER_TICK = 10;

  /** Looks at a process that runs. */
  public static ProcessStatus of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return new ProcessStatus(kib(proc, "VmRSS:"), kib(proc, "VmHWM:"), cpu(proc));
  }

  private static long kib(Path proc, String name) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private static Duration cpu(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    // The name before the fields stands in brackets and may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(fields[USER_TICKS_FIELD]) + Long.parseLong(fields[SYSTEM_TICKS_FIELD]);
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }
}
