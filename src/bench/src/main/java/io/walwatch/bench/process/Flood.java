/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.writer.AppendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A log that grows by 100 MB a second, in ten blocks, and is rotated every 200 MB, so that it does
 * not fill the disk. A writer that the machine keeps waiting catches up.
 */
final class Flood implements AutoCloseable {
  private static final byte[] BLOCK =
      "2026-11-22 09:08:09.522 UTC [4711] LOG:  duration: 0.042 ms  statement: select 1 -- as ever\n"
          .repeat(10_000_000 / 91)
          .getBytes(US_ASCII);
  private static final long BLOCK_NANOS = 100_000_000;
  private static final int BLOCKS_PER_GENERATION = 20;

  private final Path log;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "flood");
  private final long startNanos = System.nanoTime();
  private final AtomicLong blocks = new AtomicLong();
  private volatile @Nullable Exception failure;

  Flood(Path log) {
    this.log = log;
    thread.start();
  }

  private void run() {
    try {
      AppendingFile file = AppendingFile.open(log);
      while (!end.await(Math.max(0, untilNextNanos()), TimeUnit.NANOSECONDS)) {
        file.write(BLOCK, 0, BLOCK.length);
        if (blocks.incrementAndGet() % BLOCKS_PER_GENERATION == 0) {
          file.close();
          Path rotated = log.resolveSibling(log.getFileName() + ".1");
          Files.move(log, rotated, StandardCopyOption.REPLACE_EXISTING);
          file = AppendingFile.open(log);
        }
      }
      file.close();
    } catch (IOException | InterruptedException e) {
      failure = e;
    }
  }

  private long untilNextNanos() {
    return startNanos + blocks.get() * BLOCK_NANOS - System.nanoTime();
  }

  /** How fast it grew so far. */
  double megabytesPerSecond() {
    return blocks.get() * (double) BLOCK.length * 1e3 / (System.nanoTime() - startNanos);
  }

  /** Ends it; throws what went wrong. */
  @Override
  public void close() throws IOException {
    end.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Exception failed = failure;
    if (failed != null) {
      throw new IOException("the flood ended early", failed);
    }
  }
}
