/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What /proc says of one process.
 *
 * @param directory its directory there
 * @param command its name there, at most 15 bytes
 * @param parent pid of its parent
 * @param started when it started, to a second or two
 */
record ProcessStat(Path directory, String pid, String command, String parent, Instant started) {
  /** USER_HZ is 100 on every architecture that PostgreSQL's packages exist for. */
  private static final int TICKS_PER_SECOND = 100;

  private static final Duration UNCERTAINTY = Duration.ofSeconds(5);
  private static final Pattern BOOT_TIME =
      Pattern.compile("^btime ([0-9]{1,12})$", Pattern.MULTILINE);
  private static final int PARENT = 1;
  private static final int START_TICKS = 19;

  /** Reads one; empty where there is none, or none that can be read. */
  static Optional<ProcessStat> read(Path proc, String pid) {
    if (!pid.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    Path directory = proc.resolve(pid);
    String stat = text(directory.resolve("stat"));
    // The name is in parentheses and may hold some itself.
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    String[] fields = open < 0 || close < open ? new String[0] : fieldsBehind(stat, close);
    if (fields.length <= START_TICKS || !fields[START_TICKS].matches("[0-9]{1,15}")) {
      return Optional.empty();
    }
    long ticks = Long.parseLong(fields[START_TICKS]);
    return bootTime(proc)
        .map(boot -> boot.plusMillis(ticks * 1000 / TICKS_PER_SECOND))
        .map(
            start ->
                new ProcessStat(
                    directory, pid, stat.substring(open + 1, close), fields[PARENT], start));
  }

  private static String[] fieldsBehind(String stat, int close) {
    return stat.substring(close + 1).strip().split(" ", -1);
  }

  private static Optional<Instant> bootTime(Path proc) {
    Matcher boot = BOOT_TIME.matcher(text(proc.resolve("stat")));
    return boot.find()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(boot.group(1))))
        : Optional.empty();
  }

  /** A process may go while it is read: then it says nothing. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  boolean isPostgres() {
    return command.equals("postgres") || command.equals("postmaster");
  }

  /** Whether it started about then: a number that means another process elsewhere does not. */
  boolean startedAbout(String epochSeconds) {
    if (!epochSeconds.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant said = Instant.ofEpochSecond(Long.parseLong(epochSeconds));
    return Duration.between(said, started).abs().compareTo(UNCERTAINTY) <= 0;
  }

  /** Its children; none where the kernel does not list them (CONFIG_PROC_CHILDREN). */
  Set<String> children() {
    String text = text(directory.resolve("task").resolve(pid).resolve("children"));
    return new HashSet<>(Arrays.asList(text.strip().split(" +", -1)));
  }

  /** Its title, as ps(1) shows it. */
  String title() {
    return text(directory.resolve("cmdline")).replace('\0', ' ').stripTrailing();
  }
}
