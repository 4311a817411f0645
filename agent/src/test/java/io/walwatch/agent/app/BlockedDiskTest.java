/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlanner;
import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system that does not answer, as a dead NFS server's: a named pipe in place of a file holds
 * whoever opens it until its other end is opened, and whoever reads it until something comes.
 */
@Timeout(120)
final class BlockedDiskTest {
  private static final String COMPLETED =
      "walwatch_push_completed_total{archiver=\"wal-e\",server=\"main\"} ";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void shouldAnswerWhileTheLoopHangsInTheFileSystem() throws Exception {
    Path root = Path.of(System.getProperty("walwatch.root", ".."));
    Path text = root.resolve("testdata/wal-e/wal-e.stderr.log");
    Path log = Files.copy(text, directory.resolve("a.log"));
    Path global = Files.createDirectories(directory.resolve("data/global"));
    try (Agent agent = start(log)) {
      await(agent, COMPLETED + "8.0");
      Path pipe = makePipe(directory.resolve("pipe"));
      Files.move(pipe, global.resolve("pg_control"), StandardCopyOption.ATOMIC_MOVE);
      // Opens as soon as the loop opens the other end; from then on the loop waits for a byte.
      FileChannel end = FileChannel.open(global.resolve("pg_control"), StandardOpenOption.WRITE);
      Files.write(log, Files.readAllBytes(text), StandardOpenOption.APPEND);

      for (int i = 0; i < 10; i++) {
        assertThat(metrics(agent)).contains(COMPLETED + "8.0\n");
      }

      Files.delete(global.resolve("pg_control"));
      end.close();
      await(agent, COMPLETED + "16.0");
    }
  }

  private static Path makePipe(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  private Agent start(Path log) throws UsageException, IOException {
    ServerConfig server =
        new ServerConfig(
            "main",
            Optional.of(directory.resolve("data")),
            Optional.empty(),
            Optional.of(List.of(log.toString())));
    AgentConfig config =
        new AgentConfig(
            List.of(new ListenAddress(Optional.of("127.0.0.1"), 0)),
            Optional.empty(),
            directory.resolve("state"),
            directory.resolve("plugins"),
            List.of(server),
            List.of(),
            List.of(),
            List.of(),
            Limits.DEFAULT,
            true);
    return Agent.start(
        config, new WatchPlanner(Map.of(), Framings.names()).plan(config), InstantSource.system());
  }

  private void await(Agent agent, String line) throws Exception {
    while (!metrics(agent).contains(line + "\n")) {
      Thread.onSpinWait();
    }
  }

  private String metrics(Agent agent) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.addresses().get(0).getPort() + "/metrics");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
