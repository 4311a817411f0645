/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recorded inotify trace of an archive_status directory, as operations on files. What was there
 * before the recording began is known by being removed without having been made.
 */
final class Trace {
  final List<Step> steps = new ArrayList<>();
  final Set<String> before = new LinkedHashSet<>();

  /** One change: {@code from} is empty for a creation, {@code to} for a deletion. */
  record Step(Instant at, String from, String to) {}

  static Trace read(String relative) throws IOException {
    Trace trace = new Trace();
    Set<String> made = new LinkedHashSet<>();
    String movedFrom = "";
    for (String line : Files.readAllLines(Testdata.path(relative))) {
      String[] parts = line.split(" ", 3);
      String name = parts[2].substring(parts[2].lastIndexOf('/') + 1);
      switch (parts[1]) {
        case "MOVED_FROM" -> movedFrom = name;
        case "MOVED_TO" -> trace.add(new Step(instant(parts[0]), movedFrom, name), made);
        case "CREATE" -> trace.add(new Step(instant(parts[0]), "", name), made);
        case "DELETE" -> trace.add(new Step(instant(parts[0]), name, ""), made);
        default -> {}
      }
    }
    return trace;
  }

  private void add(Step step, Set<String> made) {
    if (!step.from().isEmpty() && !made.remove(step.from())) {
      before.add(step.from());
    }
    if (!step.to().isEmpty()) {
      made.add(step.to());
    }
    steps.add(step);
  }

  private static Instant instant(String text) {
    if (text.endsWith("Z")) {
      return Instant.parse(text);
    }
    int dot = text.indexOf('.');
    long micros = Long.parseLong(text.substring(dot + 1));
    return Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)), micros * 1_000);
  }

  /** Makes what was there before. */
  void prepare(Path directory) throws IOException {
    for (String name : before) {
      Files.createFile(directory.resolve(name));
    }
  }

  /**
   * Does in a directory what was recorded. A {@code .ready} is dated back, since it waits longer on
   * a real host than in a replay; the rename keeps that date.
   */
  static void apply(Step step, Path directory) throws IOException {
    if (step.from().isEmpty()) {
      Path file = Files.createFile(directory.resolve(step.to()));
      if (step.to().endsWith(".ready")) {
        FileTime made = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(made.toMillis() - 1_000));
      }
    } else if (step.to().isEmpty()) {
      Files.delete(directory.resolve(step.from()));
    } else {
      Files.move(directory.resolve(step.from()), directory.resolve(step.to()));
    }
  }

  /** Tells a listener what inotify would. */
  static void tell(Step step, DirectoryWatcher.Listener listener) {
    if (!step.from().isEmpty()) {
      listener.deleted(step.from());
    }
    if (!step.to().isEmpty()) {
      listener.created(step.to());
    }
  }
}
