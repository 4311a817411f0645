/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.bench.process.Pause;
import io.walwatch.bench.process.ProcessStatus;
import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * The packed agent lists a bucket with the real aws command line, first all of it, then what is
 * new: how much memory it takes, how much the tool takes, and how long. Every number that is shown
 * of the store is compared with what was generated.
 */
public final class LargeStore {
  private static final int[] SEGMENTS = {10_000, 1_000_000};
  private static final long SEGMENT_BYTES = 16 << 20;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final PrintStream out;
  private final String aws;

  private LargeStore(PrintStream out, String aws) {
    this.out = out;
    this.aws = aws;
  }

  /**
   * Runs all of it.
   *
   * @param arguments the aws command line
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.println("| segments | all of it | what is new | peak resident, agent | the same, aws |");
    out.println("| --- | --- | --- | --- | --- |");
    for (int segments : SEGMENTS) {
      new LargeStore(out, arguments[0]).measure(segments);
    }
  }

  private void measure(int segments) throws IOException, InterruptedException {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-store");
        GeneratedBucket bucket = new GeneratedBucket(segments);
        AgentProcess agent = serve(tree.root(), bucket)) {
      Peak tool = new Peak(agent.pid());
      double all = look(agent, tool, 0);
      check(agent.scrape(), segments);
      double next = look(agent, tool, finished(agent.scrape()));
      check(agent.scrape(), segments);
      out.printf(
          Locale.ROOT,
          "| %,d | %.1f s | %.1f s | %.1f MiB | %.1f MiB |%n",
          segments,
          all,
          next,
          ProcessStatus.of(agent.pid()).peakKib() / 1024.0,
          tool.kib / 1024.0);
    }
  }

  /** The most that any child of a process was seen to hold. */
  private static final class Peak {
    private final long parent;
    private long kib;

    Peak(long parent) {
      this.parent = parent;
    }

    void look() {
      ProcessHandle.of(parent).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> kib = Math.max(kib, peakOf(child.pid())));
    }

    private static long peakOf(long pid) {
      try {
        return ProcessStatus.of(pid).peakKib();
      } catch (IOException | NoSuchElementException goneMeanwhile) {
        return 0;
      }
    }
  }

  /** Waits for the end of the first look that ends after another one, and says how long it took. */
  private static double look(AgentProcess agent, Peak tool, double after)
      throws IOException, InterruptedException {
    Pause.until(
        () -> {
          tool.look();
          return finished(agent.scrape()) > after;
        },
        LIMIT);
    return agent.scrape().sum("walwatch_backup_listing_duration_seconds");
  }

  private static double finished(Scrape scrape) {
    return scrape.sum("walwatch_backup_listing_timestamp_seconds");
  }

  private static void check(Scrape scrape, int segments) {
    require(scrape.sum("walwatch_backup_listing_success") == 1, "the look worked");
    require(scrape.sum("walwatch_backup_wal_missing_segments") == 0, "nothing is missing");
    require(
        scrape.sum("walwatch_backup_wal_last_stored_position_bytes") == segments * SEGMENT_BYTES,
        "the last segment was seen");
  }

  private static void require(boolean fact, String what) {
    if (!fact) {
      throw new IllegalStateException("not true: " + what);
    }
  }

  private AgentProcess serve(Path root, GeneratedBucket bucket) throws IOException {
    Path config = root.resolve("walwatch.yml");
    Files.writeString(
        config,
        "backups: [{ name: store, provider: s3, bucket: generated, prefix: pg, layout: wal-e,"
            + " every: 10s, timeout: 1h, command: ["
            + aws
            + ", --endpoint-url, \""
            + bucket.address()
            + "\"] }]\n");
    return Launcher.packed()
        .with("AWS_ACCESS_KEY_ID", "any")
        .with("AWS_SECRET_ACCESS_KEY", "any")
        .with("AWS_DEFAULT_REGION", "us-east-1")
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .serve("--config", config.toString(), "--state-dir", root.resolve("state").toString());
  }
}
