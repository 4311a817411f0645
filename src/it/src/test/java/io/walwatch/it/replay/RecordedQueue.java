/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.replay;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recorded inotify trace of an archive_status directory, and the directory in which it happens
 * again. What was there before the recording began is known by being removed without having been
 * made.
 */
final class RecordedQueue {
  private final Path directory;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> before = new LinkedHashSet<>();
  private final Set<String> made = new LinkedHashSet<>();
  private Instant start = Instant.MAX;

  /** One change: {@code from} is empty for a creation, {@code to} for a deletion. */
  record Step(Duration at, String from, String to) {}

  private RecordedQueue(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a trace and makes what was there before, beside a segment of the size that the server
   * had.
   *
   * @param walDirectory made anew
   */
  static RecordedQueue prepare(Path trace, Path walDirectory, long segmentBytes)
      throws IOException {
    Path directory = Files.createDirectories(walDirectory.resolve("archive_status"));
    Path segment = walDirectory.resolve("000000010000000000000001");
    try (RandomAccessFile sparse = new RandomAccessFile(segment.toString(), "rw")) {
      sparse.setLength(segmentBytes);
    }
    RecordedQueue queue = new RecordedQueue(directory);
    String movedFrom = "";
    for (String line : Files.readAllLines(trace)) {
      String[] parts = line.split(" ", 3);
      String name = parts[2].substring(parts[2].lastIndexOf('/') + 1);
      switch (parts[1]) {
        case "MOVED_FROM" -> movedFrom = name;
        case "MOVED_TO" -> queue.add(instant(parts[0]), movedFrom, name);
        case "CREATE" -> queue.add(instant(parts[0]), "", name);
        case "DELETE" -> queue.add(instant(parts[0]), name, "");
        default -> {}
      }
    }
    for (String name : queue.before) {
      Files.createFile(directory.resolve(name));
    }
    return queue;
  }

  private void add(Instant at, String from, String to) {
    start = at.isBefore(start) ? at : start;
    if (!from.isEmpty() && !made.remove(from)) {
      before.add(from);
    }
    if (!to.isEmpty()) {
      made.add(to);
    }
    steps.add(new Step(Duration.between(start, at), from, to));
  }

  /** Seconds and a fraction since the epoch, or ISO 8601. */
  private static Instant instant(String text) {
    if (text.endsWith("Z")) {
      return Instant.parse(text);
    }
    int dot = text.indexOf('.');
    long micros = Long.parseLong(text.substring(dot + 1));
    return Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)), micros * 1_000);
  }

  /** Where it happens. */
  Path directory() {
    return directory;
  }

  /** What happens, in order. */
  List<Step> steps() {
    return steps;
  }

  /** Does one step. */
  void apply(Step step) {
    try {
      if (step.from().isEmpty()) {
        Files.createFile(directory.resolve(step.to()));
      } else if (step.to().isEmpty()) {
        Files.delete(directory.resolve(step.from()));
      } else {
        Files.move(directory.resolve(step.from()), directory.resolve(step.to()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
