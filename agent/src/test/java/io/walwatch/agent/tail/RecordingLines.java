/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.Line;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Remembers what a stream hands over and tells. */
final class RecordingLines extends Uncounted implements LineHandlers {
  final List<String> lines = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final Map<TailBound, Long> limited = new EnumMap<>(TailBound.class);
  long committedLines;
  long pendingOffset = Long.MAX_VALUE;

  /** Reads until so many lines came: what is sent by others comes when it comes. */
  List<String> await(LogStream stream, int count) {
    while (lines.size() < count) {
      stream.read(1 << 20);
      Thread.onSpinWait();
    }
    return lines;
  }

  @Override
  public LineHandler open(String name) {
    return new LineHandler() {
      @Override
      public void line(Line line) {
        lines.add(line.toString());
      }

      @Override
      public void quiet() {
        told.add("quiet");
      }

      @Override
      public void end() {
        told.add("end");
      }

      @Override
      public long pendingOffsetBytes() {
        return pendingOffset;
      }
    };
  }

  @Override
  public void committed(long bytes, long count) {
    committedLines += count;
  }

  @Override
  public void longLine(String path, long offsetBytes) {
    told.add("long line");
  }

  @Override
  public void unreadable(String path, String problem) {
    told.add("unreadable " + problem);
  }

  @Override
  public void readable(String path) {
    told.add("readable");
  }

  @Override
  public void limited(TailBound bound, long times) {
    limited.merge(bound, times, Long::sum);
  }
}
