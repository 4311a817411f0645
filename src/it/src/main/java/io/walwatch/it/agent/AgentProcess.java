/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running {@code walwatch serve}. */
public final class AgentProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofMillis(2);

  private final Process process;
  private final ProcessOutput output;
  private final ProcessOutput errors;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

  AgentProcess(Process process) {
    this.process = process;
    this.output = ProcessOutput.of(process.getInputStream(), "walwatch-stdout");
    this.errors = ProcessOutput.of(process.getErrorStream(), "walwatch-stderr");
  }

  /** Where it listens, from the first line that it prints; waits for that line. */
  public URI address() {
    String line = firstLine();
    int start = line.indexOf(" listening on http");
    if (start < 0) {
      throw new IllegalStateException("the first line on stdout is: " + line);
    }
    return URI.create(line.substring(start + " listening on ".length()).strip());
  }

  /** The first line on stdout; waits for it. */
  public String firstLine() {
    try {
      return output.firstLine().get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("walwatch did not start; it said " + errors.lines(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What {@code /metrics} says now; waits while there is nothing to say yet (503). */
  public Scrape scrape() {
    long start = System.nanoTime();
    HttpResponse<String> answer = get("/metrics");
    while (answer.statusCode() == 503 && System.nanoTime() - start < START_LIMIT.toNanos()) {
      waitForExit(RETRY);
      answer = get("/metrics");
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("/metrics answers " + answer.statusCode());
    }
    return Scrape.parse(answer.body());
  }

  /** Waits a moment, but not longer than the process lives. */
  private void waitForExit(Duration limit) {
    try {
      process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks for a page. */
  public HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve(path)).timeout(ANSWER_LIMIT).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer from walwatch; it said " + errors.lines(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lines on stderr so far. */
  public List<String> errors() {
    return errors.lines();
  }

  /**
   * What it said, and where each of its threads stands: for the message of a test that waited in
   * vain.
   */
  public String account() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process threads =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "Thread.print")
              .redirectErrorStream(true)
              .start();
      String stacks = new String(threads.getInputStream().readAllBytes(), UTF_8);
      return "it said " + errors.lines() + "\n" + stacks;
    } catch (IOException e) {
      return "it said " + errors.lines() + "; its threads do not tell: " + e;
    }
  }

  /** Its process id: the launcher becomes the agent, so there is only one. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean running() {
    return process.isAlive();
  }

  /** Ends it without any warning, as kill -9 does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it where it stands, sockets and files open (SIGSTOP). */
  public void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Asks it to read its configuration anew (SIGHUP). */
  public void hangUp() throws IOException, InterruptedException {
    if (isHangUpIgnored()) {
      throw new IllegalStateException("SIGHUP is ignored here, as nohup has it: test without that");
    }
    signal("HUP");
  }

  /** A JVM leaves a signal alone that its parent ignored. */
  private boolean isHangUpIgnored() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("no signal " + name + " for " + pid());
    }
  }

  /**
   * Asks it to stop (SIGTERM).
   *
   * @return how long it took, or a negative time when it did not stop within the limit
   */
  public Duration stop(Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    process.destroy();
    boolean stopped = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    return stopped ? Duration.ofNanos(System.nanoTime() - start) : Duration.ofNanos(-1);
  }

  /** The exit code of the process that has ended. */
  public int exitCode() {
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      if (stop(Duration.ofSeconds(10)).isNegative()) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
