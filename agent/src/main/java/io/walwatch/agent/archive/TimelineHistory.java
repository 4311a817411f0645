/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a timeline branched off, from its {@code .history} file: on each line a parent timeline and
 * the position at which it was left (timeline.c). The segment of that position exists on both.
 */
public final class TimelineHistory {
  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9]{1,10})\\s+([0-9A-F]{1,8})/([0-9A-F]{1,8})(\\s.*)?");

  private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})\\.history");

  /** A cluster that was promoted this often has other worries. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_FILES = 1_000;

  private final Map<Long, Long> switchByTimeline = new TreeMap<>();

  private TimelineHistory() {}

  /** Lines that are none of a history say nothing. */
  public static TimelineHistory parse(Iterable<String> lines) {
    TimelineHistory history = new TimelineHistory();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        long position =
            (Long.parseLong(matcher.group(2), 16) << 32) | Long.parseLong(matcher.group(3), 16);
        history.switchByTimeline.put(Long.parseLong(matcher.group(1)), position);
      }
    }
    return history;
  }

  /** Reads the history of a timeline, as PostgreSQL keeps it in pg_wal. */
  static TimelineHistory read(Path walDirectory, long timeline) throws IOException {
    Path file = walDirectory.resolve(String.format(Locale.ROOT, "%08X.history", timeline));
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("too large for a timeline history: " + file);
    }
    return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  /**
   * The histories that a server has, by timeline: it keeps those of its own past in pg_wal for good
   * (xlog.c, RemoveOldXlogFiles). What cannot be read is not there. Any thread.
   */
  public static Map<Long, TimelineHistory> readAll(Path walDirectory) {
    Map<Long, TimelineHistory> histories = new TreeMap<>();
    try {
      DirectoryEntries.visit(walDirectory, "*.history", file -> readInto(histories, file));
    } catch (IOException unreadable) {
      return Map.of();
    }
    return histories;
  }

  private static void readInto(Map<Long, TimelineHistory> histories, Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (name.matches() && histories.size() < MAX_FILES) {
      long timeline = Long.parseLong(name.group(1), 16);
      try {
        histories.put(timeline, read(file.resolveSibling(""), timeline));
      } catch (IOException ignored) {
        return;
      }
    }
  }

  /** Where each ancestor was left, a WAL position, by timeline. */
  public Map<Long, Long> switches() {
    return Collections.unmodifiableMap(switchByTimeline);
  }

  /** Where an ancestor was left; empty for a timeline that is none. */
  OptionalLong switchPosition(long timeline) {
    Long position = switchByTimeline.get(timeline);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }
}
