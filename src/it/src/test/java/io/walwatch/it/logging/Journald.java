/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A journald with a /run of its own, in a mount namespace that goes with it. */
final class Journald implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;
  private static final String UNIT = "postgresql@15-main.service";

  private final Process process;

  private Journald(Process process) {
    this.process = process;
  }

  static Journald start() throws IOException {
    String script =
        "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal"
            + " && exec /lib/systemd/systemd-journald";
    ProcessBuilder builder = new ProcessBuilder("unshare", "-m", "sh", "-c", script);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return new Journald(builder.start());
  }

  /** Whether it takes messages by now. */
  boolean isReady() {
    Path root = Path.of("/proc/" + process.pid() + "/root");
    return process.isAlive() && Files.exists(root.resolve("run/systemd/journal/socket"));
  }

  /** Starts programs that see its journal. */
  Launcher inside(Launcher launcher) {
    return new Launcher(launcher.home(), launcher.environment(), enter());
  }

  /**
   * Writes one entry. Which unit wrote it only systemd could tell; as root one may say which unit
   * it is about, and {@code journalctl --unit} asks for that as well.
   */
  void log(String message) throws IOException, InterruptedException {
    StringBuilder entry = new StringBuilder("OBJECT_SYSTEMD_UNIT=" + UNIT + "\nPRIORITY=6\n");
    entry.append("SYSLOG_IDENTIFIER=wal_e.worker.upload\n");
    // logger joins several of these with line ends.
    message.lines().forEach(line -> entry.append("MESSAGE=").append(line).append('\n'));
    run(entry.toString(), "logger", "--journald");
  }

  /** Begins a new journal file, as journald does when one is full. */
  void rotate() throws IOException, InterruptedException {
    run("", "journalctl", "--rotate");
  }

  private void run(String input, String... command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(enter());
    whole.addAll(List.of(command));
    Process inside =
        new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream out = inside.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    }
    if (!inside.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || inside.exitValue() != 0) {
      throw new IllegalStateException(whole + " failed");
    }
  }

  private List<String> enter() {
    return List.of("nsenter", "--target", Long.toString(process.pid()), "--mount");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
