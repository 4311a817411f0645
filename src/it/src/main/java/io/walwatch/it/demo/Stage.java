/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** All that the demo starts, in order, and ends in reverse, however far the start came. */
final class Stage implements AutoCloseable {
  private static final int STORED_SEGMENTS_KEPT = 50;

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final TemporaryTree tree;
  private final Archiver archiver;
  private final EmbeddedServer server;
  private final AgentProcess agent;

  private Stage() throws IOException {
    try {
      tree = keep(TemporaryTree.create("walwatch-demo-"));
      archiver = Archiver.in(tree.root().resolve("archiver"));
      server =
          keep(
              EmbeddedServer.start(
                  tree.root().resolve("pgdata"),
                  ServerOptions.archivingWith(archiver.command()).unattended()));
      keep(() -> archiver.setMode("ok"));
      agent = keep(Launcher.packed().serve(agentOptions()));
      agent.address();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static Stage open() throws IOException {
    return new Stage();
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private String[] agentOptions() {
    return new String[] {
      "--pgdata",
      "demo=" + server.dataDirectory(),
      "--log",
      "demo=" + server.logDirectory() + "/*.log",
      "--state-dir",
      stateDirectory().toString(),
      "--from-start"
    };
  }

  Path stateDirectory() {
    return tree.root().resolve("walwatch-state");
  }

  Archiver archiver() {
    return archiver;
  }

  EmbeddedServer server() {
    return server;
  }

  AgentProcess agent() {
    return agent;
  }

  /** A demo that runs for days does not fill the disk: only the newest segments are kept. */
  void pruneStore() throws IOException {
    if (!Files.isDirectory(archiver.store())) {
      return;
    }
    try (Stream<Path> stored = Files.list(archiver.store())) {
      List<Path> segments = stored.sorted(Comparator.reverseOrder()).toList();
      for (Path old :
          segments.subList(Math.min(STORED_SEGMENTS_KEPT, segments.size()), segments.size())) {
        Files.deleteIfExists(old);
      }
    }
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
