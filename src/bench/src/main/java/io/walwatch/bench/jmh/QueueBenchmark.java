/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.jmh;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.QueueStatus;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.state.AgentState;
import io.walwatch.it.TemporaryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An archive queue in which 100,000 segments wait. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class QueueBenchmark {
  private static final int WAITING = 100_000;
  private static final int NAMES = 1 << 16;

  private final Told told = new Told();
  private final String[] names = new String[NAMES];
  private @Nullable TemporaryTree tree;
  private @Nullable ArchiveQueue queue;
  private Path status = Path.of("");
  private int next;

  /** Makes the files, and a queue that has seen them. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    tree = TemporaryTree.create("walwatch-jmh");
    status = Files.createDirectories(tree.root().resolve("pg_wal/archive_status"));
    for (int i = 0; i < WAITING; i++) {
      Files.createFile(status.resolve(name(i) + ".ready"));
    }
    for (int i = 0; i < NAMES; i++) {
      names[i] = name(WAITING + i);
    }
    queue = newQueue();
    queue.tick();
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "00000001%08X%08X", number / 256, number % 256);
  }

  private ArchiveQueue newQueue() {
    return new ArchiveQueue(
        StatusDirectory.at(status),
        new AgentState(InstantSource.system()).server("main").queueEvents(),
        told,
        InstantSource.system(),
        QueueMemory.NEW);
  }

  /** Removes the files. */
  @TearDown(Level.Trial)
  public void remove() {
    Objects.requireNonNull(tree).close();
  }

  /** The first look: everything is listed, the first 5,000 are looked at one by one. */
  @Benchmark
  public boolean firstScan() {
    return newQueue().tick();
  }

  /** A segment that becomes ready, is archived and is removed: four events. */
  @Benchmark
  public void fourEvents() {
    String name = names[next++ & (NAMES - 1)];
    told.tell(name);
  }

  /** All that is shown of the queue. */
  @Benchmark
  public QueueStatus status() {
    return Objects.requireNonNull(queue).status();
  }

  /** What a restart needs, which is written with each checkpoint. */
  @Benchmark
  public QueueMemory memory() {
    return Objects.requireNonNull(queue).memory();
  }

  /** A name to the position at its end. */
  @Benchmark
  public OptionalLong position() {
    return WalGeometry.DEFAULT.endOf(names[next++ & (NAMES - 1)]);
  }

  /** Tells the queue what a directory would. */
  private static final class Told implements DirectoryWatcher {
    private @Nullable Listener listener;

    @Override
    public Watch watch(Path directory, Listener newListener) {
      listener = newListener;
      return new Watch() {
        @Override
        public boolean isValid() {
          return true;
        }

        @Override
        public void cancel() {}
      };
    }

    void tell(String name) {
      Listener queue = Objects.requireNonNull(listener);
      queue.created(name + ".ready");
      queue.deleted(name + ".ready");
      queue.created(name + ".done");
      queue.deleted(name + ".done");
    }
  }
}
