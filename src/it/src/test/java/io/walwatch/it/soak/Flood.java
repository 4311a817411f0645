/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.writer.AppendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes 10 MB a second that mean nothing, and rotates; knows how much it wrote. Each block begins
 * with its number, as lines begin with their time: files whose first bytes are the same cannot be
 * told apart once their inodes are used again.
 */
final class Flood implements AutoCloseable {
  private static final String LINES =
      "2026-11-22 09:08:09.522 UTC [4711] LOG:  duration: 0.042 ms  statement: select 1\n"
          .repeat(12_500);
  private static final long PAUSE_MILLIS = 100;
  private static final int BLOCKS_PER_GENERATION = 64;
  private static final int GENERATIONS_KEPT = 3;

  private final Path log;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "flood");
  private final AtomicLong writtenBytes = new AtomicLong();
  private volatile @Nullable Exception failure;

  Flood(Path log) throws IOException {
    this.log = Files.createFile(log);
    thread.start();
  }

  /** Ends it; returns how many bytes it wrote. */
  long finish() throws Exception {
    close();
    Exception failed = failure;
    if (failed != null) {
      throw failed;
    }
    return writtenBytes.get();
  }

  private void run() {
    try {
      AppendingFile file = AppendingFile.open(log);
      for (int block = 1; !end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); block++) {
        byte[] bytes = block(block);
        file.write(bytes, 0, bytes.length);
        writtenBytes.addAndGet(bytes.length);
        if (block % BLOCKS_PER_GENERATION == 0) {
          file.close();
          rotate();
          file = AppendingFile.open(log);
        }
      }
      file.close();
    } catch (IOException | InterruptedException e) {
      failure = e;
    }
  }

  private static byte[] block(int number) {
    return (String.format(Locale.ROOT, "2026-11-22 09:08:09.522 UTC [%010d] LOG:  begins\n", number)
            + LINES)
        .getBytes(US_ASCII);
  }

  private void rotate() throws IOException {
    for (int generation = GENERATIONS_KEPT; generation >= 1; generation--) {
      Path from = generation == 1 ? log : Path.of(log + "." + (generation - 1));
      if (Files.exists(from)) {
        Files.move(from, Path.of(log + "." + generation), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
