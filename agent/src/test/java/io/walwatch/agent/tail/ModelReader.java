/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent in small: handlers that hold each line open until the next one comes, as a parser of
 * multi-line records does, a checkpoint, and crashes that go back to it.
 */
final class ModelReader extends Uncounted implements LineHandlers {
  final List<String> delivered = new ArrayList<>();
  final TestingDisk disk = new TestingDisk();
  long committedLines;
  long lostBytes;
  private final FileSource source;
  private long nanos;
  private FileLogStream stream;
  private Checkpoint checkpoint;

  private record Checkpoint(
      StreamPosition position, List<String> delivered, long lines, long lostBytes) {}

  /** Follows {@code pg*.log} of a directory from its beginning. */
  static ModelReader of(Path directory) {
    String glob = directory.resolve("pg*.log").toString();
    return new ModelReader(
        new FileSource(List.of(glob), FileSource.Start.BEGINNING, TailLimits.DEFAULT));
  }

  private ModelReader(FileSource source) {
    this.source = source;
    this.stream = open(StreamPosition.NEW);
    this.checkpoint = new Checkpoint(StreamPosition.NEW, List.of(), 0, 0);
  }

  private FileLogStream open(StreamPosition position) {
    return new FileLogStream(new Tailing(source, disk, this, this, this, () -> nanos), position);
  }

  void poll(int budgetBytes) {
    stream.read(budgetBytes);
  }

  /** Polls until nothing comes. */
  void drain() {
    while (stream.read(1 << 20) > 0) {
      // The bytes went to the handlers.
    }
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  void save() {
    checkpoint =
        new Checkpoint(stream.position(), List.copyOf(delivered), committedLines, lostBytes);
  }

  void crash() {
    stream.close();
    delivered.clear();
    delivered.addAll(checkpoint.delivered);
    committedLines = checkpoint.lines;
    lostBytes = checkpoint.lostBytes;
    stream = open(checkpoint.position);
  }

  void close() {
    stream.close();
  }

  @Override
  public LineHandler open(String name) {
    return new HoldingHandler();
  }

  @Override
  public void committed(long bytes, long lines) {
    committedLines += lines;
  }

  @Override
  public void lost(String path, long bytes, String why) {
    lostBytes += bytes;
  }

  private final class HoldingHandler implements LineHandler {
    private String held = "";
    private long heldOffset = Long.MAX_VALUE;

    @Override
    public void line(Line line) {
      quiet();
      held = line.toString();
      heldOffset = line.offsetBytes();
    }

    @Override
    public void quiet() {
      if (heldOffset != Long.MAX_VALUE) {
        delivered.add(held);
        heldOffset = Long.MAX_VALUE;
      }
    }

    @Override
    public void end() {
      quiet();
    }

    @Override
    public long pendingOffsetBytes() {
      return heldOffset;
    }
  }
}
