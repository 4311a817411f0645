/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A private rsyslogd with a socket of its own in place of /dev/log, which forwards as the snippet
 * in {@code deploy/rsyslog} says, and what PostgreSQL says as well.
 */
final class Rsyslog implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;
  private static final String PROGRAM = "wal_e.worker.upload";

  private final Process process;
  private final Path socket;

  private Rsyslog(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /**
   * Starts one.
   *
   * @param transport {@code tcp}, as in the snippet, or {@code udp}
   */
  static Rsyslog start(Path directory, String transport, int port) throws IOException {
    Path socket = directory.resolve("log.sock");
    Path config = directory.resolve("rsyslog.conf");
    Path snippet =
        Path.of(
            System.getProperty("walwatch.root"),
            "deploy",
            "rsyslog",
            "30-walwatch-tcp.conf.example");
    String forward =
        Files.readString(snippet)
            .replace("\"10514\"", "\"" + port + "\"")
            .replace("startswith \"wal_e.\"", "startswith [\"wal_e.\", \"postgres[\"]")
            .replace("\"tcp\" TCP_Framing=\"octet-counted\"", framing(transport));
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
        global(workDirectory="%s")
        module(load="imuxsock" SysSock.Use="off")
        input(type="imuxsock" Socket="%s" RateLimit.Interval="0")
        %s
        """,
            directory,
            socket,
            forward));
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/sbin/rsyslogd", "-n", "-f", "" + config, "-i", directory + "/rsyslog.pid");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return new Rsyslog(builder.start(), socket);
  }

  private static String framing(String transport) {
    return transport.equals("tcp") ? "\"tcp\" TCP_Framing=\"octet-counted\"" : "\"udp\"";
  }

  /** Whether it takes messages by now. */
  boolean isReady() {
    return Files.exists(socket);
  }

  /** Logs one message as WAL-E does, lines and all; returns when rsyslogd has it. */
  void log(String message) throws IOException, InterruptedException {
    end(List.of("logger", "-u", socket.toString(), "-t", PROGRAM, "--", message), "");
  }

  /** Logs one message of a process of PostgreSQL's, of one line. */
  void logAsServer(long pid, String message) throws IOException, InterruptedException {
    String tag = "postgres[" + pid + "]";
    end(List.of("logger", "-u", socket.toString(), "-S", "2048", "-t", tag, "--", message), "");
  }

  /**
   * Logs so many messages that mean nothing, as fast as they are taken.
   *
   * @throws IllegalStateException when the program that logs is made to wait
   */
  void flood(int messages) throws IOException, InterruptedException {
    String filler = "INFO     MSG: one of very many messages that say nothing at all to anybody\n";
    end(List.of("logger", "-u", socket.toString(), "-t", PROGRAM), filler.repeat(messages));
  }

  private static void end(List<String> command, String input)
      throws IOException, InterruptedException {
    Process logger =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread feeder = new Thread(() -> feed(logger, input), "feeder");
    feeder.start();
    boolean ended = logger.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    logger.destroyForcibly();
    feeder.join();
    if (!ended || logger.exitValue() != 0) {
      throw new IllegalStateException("a program that logs was made to wait, or could not log");
    }
  }

  private static void feed(Process logger, String input) {
    try (OutputStream out = logger.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    } catch (IOException ignored) {
      // It ended before it had taken all, which its exit code tells as well.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
