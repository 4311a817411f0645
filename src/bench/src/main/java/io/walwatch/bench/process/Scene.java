/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A host in small: two logs and one queue, and an agent that watches them. */
public final class Scene implements AutoCloseable {
  private final TemporaryTree tree;

  private Scene(TemporaryTree tree) {
    this.tree = tree;
  }

  /** Makes one with two short logs and an empty queue. */
  public static Scene create() throws IOException {
    Scene scene = new Scene(TemporaryTree.create("walwatch-bench"));
    Files.createDirectories(scene.queue());
    Files.writeString(scene.log(0), "");
    Files.writeString(scene.log(1), "");
    scene.log("2026-11-01 00:00:00.000 UTC [1] LOG:  database system is ready\n");
    return scene;
  }

  /** One of the two logs. */
  public Path log(int number) {
    return tree.root().resolve("postgresql-" + number + ".log");
  }

  private Path queue() {
    return tree.root().resolve("pg_wal").resolve("archive_status");
  }

  /** Adds text to both logs. */
  public void log(String text) throws IOException {
    for (int number = 0; number < 2; number++) {
      Files.writeString(log(number), text, US_ASCII, StandardOpenOption.APPEND);
    }
  }

  /**
   * Puts files into the queue that wait to be archived.
   *
   * @param step 1 for segments that follow each other, 2 for every second one
   */
  public void ready(int count, int step) throws IOException {
    for (int i = 0; i < count; i++) {
      int segment = i * step;
      String name =
          String.format(Locale.ROOT, "00000001%08X%08X.ready", segment / 256, segment % 256);
      Files.createFile(queue().resolve(name));
    }
  }

  /** Starts the packed agent on all of it; it reads the logs from their beginning. */
  public AgentProcess serve() throws IOException {
    return serve(Launcher.packed());
  }

  /** The same, started in another way. */
  AgentProcess serve(Launcher launcher) throws IOException {
    return launcher.serve(
        "--log",
        "main=" + log(0),
        "--log",
        "main=" + log(1),
        "--archive-status",
        "main=" + queue(),
        "--state-dir",
        tree.root().resolve("state").toString(),
        "--from-start");
  }

  @Override
  public void close() {
    tree.close();
  }
}
