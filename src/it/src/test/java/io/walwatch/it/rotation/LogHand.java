/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.writer.AppendingFile;
import io.walwatch.it.writer.PushRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The hand that writes and rotates, and counts what it wrote. */
final class LogHand {
  private static final Duration LIMIT = Duration.ofSeconds(Integer.getInteger("it.patience", 20));
  // A rotated file is given up 10 s after its last line (walwatch's patience with late writers).
  private static final Duration STILL = Duration.ofSeconds(12);
  private static final int PAUSE_BEATS = 4;
  // Some 2 s for walwatch, which looks for what is missing once a second.
  private static final int LAST_BEATS = 10;

  private final Path directory;
  private final Contestant contestant;
  private int pushes;
  private int completed;

  LogHand(Path directory, Contestant contestant) {
    this.directory = directory;
    this.contestant = contestant;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  Contestant contestant() {
    return contestant;
  }

  int written() {
    return completed;
  }

  /** Opens a file, writes whole pushes, closes it. */
  void append(String name, int count) throws IOException {
    try (AppendingFile file = AppendingFile.open(path(name))) {
      write(file, count);
    }
  }

  /** Writes whole pushes into a file that its writer keeps open. */
  void write(AppendingFile file, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      put(file, next());
    }
    completed += count;
  }

  /** Writes a push whose last line has no end yet; returns that end. */
  String unterminated(AppendingFile file) throws IOException {
    String text = next();
    int cut = text.length() - 10;
    put(file, text.substring(0, cut));
    return text.substring(cut);
  }

  /** Writes what was missing, or its visible part only. */
  void terminate(AppendingFile file, String end) throws IOException {
    put(file, end);
    completed++;
  }

  /** Renames {@code .1} to {@code .2}, and the log to {@code .1}. */
  void rotateChain() throws IOException {
    rename("wal-e.log.1", "wal-e.log.2");
    rename("wal-e.log", "wal-e.log.1");
  }

  /** Compresses a file as logrotate does: the original goes when the copy is complete. */
  void compress(String name) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path(name + ".gz")))) {
      Files.copy(path(name), out);
    }
    Files.delete(path(name));
  }

  /** Empties a file in place. */
  void truncate(String name) throws IOException {
    try (AppendingFile file = AppendingFile.open(path(name))) {
      file.truncate();
    }
  }

  void rename(String from, String to) throws IOException {
    Files.move(path(from), path(to));
  }

  /** Lets the others look, several times, at how things are now. */
  void pause() throws IOException {
    awaitBeats(PAUSE_BEATS);
  }

  private void awaitBeats(int beats) throws IOException {
    for (int i = 0; i < beats; i++) {
      long before = contestant.beats();
      Heartbeat.write(directory);
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> contestant.beats() > before);
    }
  }

  /** Waits until all is counted, and then for what might be counted once more. */
  void conclude() throws IOException {
    settle();
    awaitBeats(LAST_BEATS);
    Awaitility.await().atMost(LIMIT).until(() -> contestant.lagBytes() == 0);
  }

  /** Waits until all is counted, or until nothing has happened for a while. */
  void settle() {
    Still still = new Still();
    try {
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> isCounted(still));
    } catch (ConditionTimeoutException ignored) {
      // It counts and counts: that is its result.
    }
  }

  private boolean isCounted(Still still) {
    Tally counted = contestant.counted();
    return counted.distinct() == completed || still.isStill(counted);
  }

  private String next() {
    pushes++;
    return PushRecords.begin(pushes) + PushRecords.complete(pushes);
  }

  private static void put(AppendingFile file, String text) throws IOException {
    byte[] bytes = text.getBytes(US_ASCII);
    file.write(bytes, 0, bytes.length);
  }

  /** Whether nothing has come for so long that nothing will. */
  private static final class Still {
    private Tally last = new Tally(0, 0);
    private long sinceNanos = System.nanoTime();

    boolean isStill(Tally counted) {
      long now = System.nanoTime();
      if (!counted.equals(last)) {
        last = counted;
        sinceNanos = now;
      }
      return now - sinceNanos > STILL.toNanos();
    }
  }
}
