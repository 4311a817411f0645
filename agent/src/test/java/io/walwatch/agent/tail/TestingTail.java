/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.parse.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A stream of files under test: a clock that stands still until told, handlers that remember, and
 * the state that a restart finds.
 */
final class TestingTail implements TailEvents, LineHandlers {
  final Map<TailBound, Long> limited = new EnumMap<>(TailBound.class);
  final List<String> lines = new ArrayList<>();
  final List<String> primed = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final List<String> handlerTold = new ArrayList<>();
  final TestingDisk disk = new TestingDisk();
  long committedBytes;
  long committedLines;
  long lostBytes;
  long pendingOffset = Long.MAX_VALUE;
  private final FileSource source;
  private int opened;
  private long nanos;
  private FileLogStream stream;

  TestingTail(FileSource.Start start, String... globs) {
    this(new FileSource(List.of(globs), start, TailLimits.DEFAULT));
  }

  TestingTail(FileSource source) {
    this.source = source;
    this.stream = open(StreamPosition.NEW);
  }

  private LineHandler primer(String name) {
    return new LineHandler() {
      @Override
      public void line(Line line) {
        primed.add(line.toString());
      }
    };
  }

  private FileLogStream open(StreamPosition position) {
    return new FileLogStream(
        new Tailing(source, disk, this, this::primer, this, () -> nanos), position);
  }

  FileLogStream stream() {
    return stream;
  }

  /** Reads until there is nothing more. */
  TestingTail read() {
    while (stream.read(1 << 20) > 0) {
      // The bytes went to the handler.
    }
    return this;
  }

  TestingTail pass(Duration time) {
    nanos += time.toNanos();
    return read();
  }

  /** Stops and goes on from what was remembered. */
  TestingTail restart() {
    StreamPosition position = stream.position();
    stream.close();
    stream = open(position);
    return this;
  }

  /** Goes on from an earlier position. */
  TestingTail restart(StreamPosition position) {
    stream.close();
    stream = open(position);
    return this;
  }

  /** What was handed over since the last call. */
  List<String> taken() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static void truncate(Path file, String text) throws IOException {
    Files.writeString(
        file, text, UTF_8, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Handlers that were opened and not ended. */
  int handlersHeld() {
    return opened - (int) handlerTold.stream().filter("end"::equals).count();
  }

  @Override
  public LineHandler open(String name) {
    opened++;
    return new LineHandler() {
      @Override
      public void line(Line line) {
        lines.add(line.toString());
      }

      @Override
      public void quiet() {
        handlerTold.add("quiet");
      }

      @Override
      public void end() {
        handlerTold.add("end");
      }

      @Override
      public long pendingOffsetBytes() {
        return pendingOffset;
      }
    };
  }

  @Override
  public void committed(long bytes, long count) {
    committedBytes += bytes;
    committedLines += count;
  }

  @Override
  public void rotated(String path) {
    told.add("rotated " + name(path));
  }

  @Override
  public void truncated(String path) {
    told.add("truncated " + name(path));
  }

  @Override
  public void longLine(String path, long offsetBytes) {
    told.add("long line " + name(path) + " " + offsetBytes);
  }

  @Override
  public void lost(String path, long bytes, String why) {
    lostBytes += bytes;
    told.add("lost " + name(path) + " " + bytes);
  }

  @Override
  public void missed(String path, String why) {
    told.add("missed " + name(path));
  }

  @Override
  public void unreadable(String path, String problem) {
    told.add("unreadable " + name(path) + " " + problem);
  }

  @Override
  public void readable(String path) {
    told.add("readable " + name(path));
  }

  @Override
  public void gone(String path) {
    told.add("gone " + name(path));
  }

  @Override
  public void limited(TailBound bound, long times) {
    limited.merge(bound, times, Long::sum);
  }

  private static String name(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }
}
