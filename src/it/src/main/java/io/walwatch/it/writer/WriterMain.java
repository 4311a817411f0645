/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.writer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The writer's process: writes pushes into a log, now and then in pieces, and rotates it by rename
 * as logrotate does. It ends when its stdin is closed. The file {@code journal} holds how many
 * pushes it wrote, up to the last rotation and at its end. Usage: WriterMain DIRECTORY.
 *
 * <p>Each byte on stdin allows it some rotations more, fewer than the generations it keeps: what is
 * deleted before anybody could read it is lost to every reader, and would say nothing about one.
 */
public final class WriterMain {
  private static final int PAUSE_MILLIS = 5;
  private static final int PUSHES_PER_GENERATION = 150;
  private static final int GENERATIONS_KEPT = 20;
  private static final int ROTATIONS_ALLOWED_AT_ONCE = 12;

  private final Path log;
  private final AtomicInteger rotationsLeft = new AtomicInteger(ROTATIONS_ALLOWED_AT_ONCE);
  private int pushes;
  private int pushesInGeneration;

  private WriterMain(Path directory) {
    log = directory.resolve("wal-e.log");
  }

  /** Writes until stdin is closed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    WriterMain writer = new WriterMain(Path.of(arguments[0]));
    Thread reader = new Thread(() -> writer.obey(System.in, end), "stdin");
    reader.setDaemon(true);
    reader.start();
    writer.write(end);
    writer.tell();
  }

  /** How much was written, where the test can read it: another witness than the log itself. */
  private void tell() throws IOException {
    Path next = Files.writeString(log.resolveSibling("journal.next"), pushes + "\n");
    Files.move(next, log.resolveSibling("journal"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void obey(InputStream in, CountDownLatch end) {
    try {
      while (in.read() >= 0) {
        rotationsLeft.set(ROTATIONS_ALLOWED_AT_ONCE);
      }
    } catch (IOException ignored) {
      // A broken pipe is an end as well.
    }
    end.countDown();
  }

  private void write(CountDownLatch end) throws IOException, InterruptedException {
    AppendingFile file = AppendingFile.open(log);
    while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (generationIsFull() && rotationsLeft.get() > 0) {
        rotationsLeft.decrementAndGet();
        rotate();
        pushesInGeneration = 0;
        tell();
        // The old file stays open for one push more: so do processes that logged before.
        push(file);
        file.close();
        file = AppendingFile.open(log);
      }
      push(file);
    }
    file.close();
  }

  private void push(AppendingFile file) throws IOException {
    byte[] text = (PushRecords.begin(pushes) + PushRecords.complete(pushes)).getBytes(US_ASCII);
    if (pushes % 7 == 0) {
      int middle = text.length / 3;
      file.write(text, 0, middle);
      file.write(text, middle, text.length - middle);
    } else {
      file.write(text, 0, text.length);
    }
    pushes++;
    pushesInGeneration++;
  }

  private boolean generationIsFull() {
    return pushesInGeneration >= PUSHES_PER_GENERATION;
  }

  private void rotate() throws IOException {
    for (int generation = GENERATIONS_KEPT; generation >= 1; generation--) {
      Path from = generation == 1 ? log : generation(generation - 1);
      if (Files.exists(from)) {
        Files.move(from, generation(generation), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path generation(int number) {
    return log.resolveSibling("wal-e.log." + number);
  }
}
