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

  /** Ends it; returns how many pushes it wrote, each a begin and a complete record. */
  public long finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the writer does not end");
    }
    return Long.parseLong(Files.readString(directory.resolve("journal")).strip());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
