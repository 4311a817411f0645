/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The last entries of a unit in systemd's journal, asked for once: to know beforehand whether they
 * can be read.
 *
 * @param lines as {@link JournalLogStream} makes them, byte for byte (ISO 8859-1)
 * @param complaint what {@code journalctl} said about itself, empty if nothing
 */
public record JournalSample(List<String> lines, String complaint) {
  private static final int ENTRIES = 200;
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_COMPLAINT_BYTES = 4 << 10;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  public JournalSample {
    lines = List.copyOf(lines);
  }

  /**
   * Asks; blocks until there is an answer, for 20 s at most.
   *
   * @param journalctl the command, usually just its name
   * @param unit such as {@code postgresql@15-main}
   * @throws IOException when it cannot be started, or does not answer
   */
  public static JournalSample take(List<String> journalctl, String unit)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(journalctl);
    command.addAll(List.of("--output=export", "--no-pager", "--all", "--unit=" + unit));
    command.add("--lines=" + ENTRIES);
    Process process = new ProcessBuilder(command).start();
    try {
      process.getOutputStream().close();
      CompletableFuture<byte[]> complaint = read(process.getErrorStream(), MAX_COMPLAINT_BYTES);
      CompletableFuture<byte[]> export = read(process.getInputStream(), MAX_BYTES);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("no answer within " + LIMIT.toSeconds() + " s");
      }
      return new JournalSample(
          lines(export.join()), new String(complaint.join(), StandardCharsets.UTF_8).strip());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether the user may see its own entries only, or none. */
  public boolean isDenied() {
    return complaint.contains("insufficient permissions")
        || complaint.contains("not seeing messages from other users");
  }

  /** Reads all there is, so that the process can end, and keeps the first of it. */
  private static CompletableFuture<byte[]> read(InputStream from, int limitBytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (from) {
            byte[] kept = from.readNBytes(limitBytes);
            from.transferTo(OutputStream.nullOutputStream());
            return kept;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static List<String> lines(byte[] export) {
    List<String> lines = new ArrayList<>();
    LineHandler handler =
        new LineHandler() {
          @Override
          public void line(Line line) {
            lines.add(new String(line.text().copy(), StandardCharsets.ISO_8859_1));
          }
        };
    PushedLines pushed =
        new PushedLines(
            "journal", TailLimits.DEFAULT, name -> handler, new Uncounted(), System::nanoTime);
    Frames frames = new Frames(pushed);
    new JournalExport(entry -> JournalText.handOver(entry, frames)).accept(export);
    pushed.finish();
    return lines;
  }
}
