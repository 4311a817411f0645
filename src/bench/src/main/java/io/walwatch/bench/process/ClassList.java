/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Writes the list of classes that {@code serve} loads, which the class data archive is made from. A
 * list that is a little old does no harm: what is not in it comes from the jars.
 */
public final class ClassList {
  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final String FAILURE =
      "2026-11-01 00:00:01.000 UTC [1] LOG:  archive command failed with exit code 1\n";

  private ClassList() {}

  /**
   * Runs the packed agent on a small scene.
   *
   * @param arguments the file to write
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path list = Path.of(arguments[0]);
    Path raw = Files.createTempFile("walwatch", ".lst");
    try {
      // Lines of lambdas are written only for those that do not come from an archive.
      Launcher launcher =
          Launcher.packed()
              .with("WALWATCH_JAVA_OPTS", "-Xshare:off -XX:DumpLoadedClassList=" + raw);
      try (Scene scene = Scene.create();
          AgentProcess agent = scene.serve(launcher)) {
        agent.scrape();
        scene.ready(2, 1);
        scene.log(FAILURE);
        List.of("/", "/-/ready", "/-/healthy", "/nothing", "/metrics").forEach(agent::get);
        Pause.of(SETTLED);
        agent.scrape();
      }
      List<String> lines = Files.readAllLines(raw, US_ASCII).stream().distinct().sorted().toList();
      Files.write(list, lines, US_ASCII);
    } finally {
      Files.delete(raw);
    }
  }
}
