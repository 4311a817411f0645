/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.writer.PushRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log, a state directory, and agents that read the one and write the other. */
final class AgentFixture implements AutoCloseable {
  private final TemporaryTree tree;

  private AgentFixture(TemporaryTree tree) {
    this.tree = tree;
  }

  static AgentFixture create() throws IOException {
    return new AgentFixture(TemporaryTree.create("walwatch-it"));
  }

  Path root() {
    return tree.root();
  }

  Path log() {
    return tree.root().resolve("wal-e.log");
  }

  String state() {
    return tree.root().resolve("state").toString();
  }

  /** Adds text to the log, as a writer does that opens it, writes and closes it. */
  void append(String text) throws IOException {
    Files.writeString(log(), text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Adds whole pushes of these segments to the log. */
  void push(int from, int to) throws IOException {
    for (int segment = from; segment < to; segment++) {
      append(PushRecords.begin(segment) + PushRecords.complete(segment));
    }
  }

  /** Waits until exactly so many pushes are counted as completed. */
  static void awaitCompleted(AgentProcess agent, int count) {
    Patience.await()
        .untilAsserted(
            () -> assertThat(agent.scrape().sum("walwatch_push_completed_total")).isEqualTo(count));
  }

  /** Starts an agent that reads the log from its beginning and keeps its state here. */
  AgentProcess serve(String... more) throws IOException {
    return serve(Launcher.packed(), more);
  }

  /** The same with a launcher of the caller's. */
  AgentProcess serve(Launcher launcher, String... more) throws IOException {
    String[] options = new String[5 + more.length];
    options[0] = "--log";
    options[1] = "main=" + log();
    options[2] = "--state-dir";
    options[3] = state();
    options[4] = "--from-start";
    System.arraycopy(more, 0, options, 5, more.length);
    return launcher.serve(options);
  }

  @Override
  public void close() {
    tree.close();
  }
}
