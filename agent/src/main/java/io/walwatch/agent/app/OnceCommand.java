/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code walwatch once}: one look at everything, printed as Prometheus text. */
@Command(
    name = "once",
    description =
        "Reads every log from start to end once, looks at every queue once, prints the metrics.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  walwatch once --log '/var/log/postgresql/*.log'",
      "  walwatch once --textfile /var/lib/prometheus/node-exporter/walwatch.prom"
    })
final class OnceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Option(
      names = "--textfile",
      paramLabel = "FILE",
      description = "Writes the metrics into FILE, atomically, for node_exporter.")
  private @Nullable Path textfile;

  OnceCommand() {}

  @Override
  public Integer call() throws Exception {
    AgentConfig config = flags.load();
    Snapshot look =
        OneLook.take(config, Watchlist.plan(config), flags.plugins(config), InstantSource.system());
    PrometheusExposition exposition = new PrometheusExposition(MetricCatalogue.all());
    String text = exposition.scrape(look, PrometheusExposition.TEXT);
    if (textfile == null) {
      var out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      replace(textfile, text);
    }
    return 0;
  }

  /** node_exporter runs as another user and must never see half a file. */
  private static void replace(Path file, String text) throws UsageException, IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(temporary, text);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw new UsageException("the text file " + file + " cannot be written: " + e);
    }
  }
}
