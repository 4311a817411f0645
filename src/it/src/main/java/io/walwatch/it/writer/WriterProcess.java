/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.writer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A running {@link WriterMain}. */
public final class WriterProcess implements AutoCloseable {
  private static final long END_LIMIT_SECONDS = 30;

  private final Process process;
  private final Path directory;

  private WriterProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /** Starts one that writes into a directory. */
  public static WriterProcess start(Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            WriterMain.class.getName(),
            directory.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new WriterProcess(builder.start(), directory);
  }

  /** Where it writes. */
  public Path log() {
    return directory.resolve("wal-e.log");
  }

  /** Allows it some rotations more, since what it wrote so far has been read. */
  public void allowRotations() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Ends it; returns how many pushes it wrote, each a begin and a complete record. */
  public long finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the writer does not end");
    }
    return written();
  }

  /** How many pushes it wrote up to its last rotation, or in all when it has ended. */
  public long written() throws IOException {
    Path journal = directory.resolve("journal");
    return Files.exists(journal) ? Long.parseLong(Files.readString(journal).strip()) : 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
