/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the lines that a process writes, on a thread of its own, so that it is never blocked. */
final class ProcessOutput {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();
  private final Thread thread;

  private ProcessOutput(InputStream stream, String name) {
    thread = new Thread(() -> drain(stream), name);
    thread.setDaemon(true);
  }

  static ProcessOutput of(InputStream stream, String name) {
    ProcessOutput output = new ProcessOutput(stream, name);
    output.thread.start();
    return output;
  }

  /** What was written so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The first line, or an error when the process closes the stream without one. */
  CompletableFuture<String> firstLine() {
    return firstLine;
  }

  /** Waits until the process has closed the stream. */
  void join() throws InterruptedException {
    thread.join();
  }

  private void drain(InputStream stream) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        firstLine.complete(line);
      }
    } catch (IOException ignored) {
      // The process was killed and its pipe with it: what came before is all there is.
    }
    firstLine.completeExceptionally(new IllegalStateException("ended without a word"));
  }
}
