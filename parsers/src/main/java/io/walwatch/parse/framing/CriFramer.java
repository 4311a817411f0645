/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.framing.Assembly.Source;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes container log: what a container wrote on stdout and stderr, line by line, long lines
 * in pieces. Inside is PostgreSQL's stderr format, on stderr, or on stdout where an image joins the
 * two.
 */
final class CriFramer implements Framer {
  static final String NAME = "cri";
  static final String BAD_HEAD = "no time and stream at the start of a line";

  private static final int STDERR = 2;
  private static final int STDOUT = 1;

  private final CriHeader header = new CriHeader();
  private final StderrFramer inner;
  private final Assemblies assemblies = new Assemblies(this::whole, this::early);
  private final ByteSlice payload = new ByteSlice();
  private final ByteSlice piece = new ByteSlice();
  private final Line innerLine = new Line();
  private final OutputLine output = new OutputLine();
  private final PrefixChoice prefix;
  private final PrefixMatch match = new PrefixMatch();
  private int serverStream = STDERR;
  private boolean serverSeen;
  private @Nullable RecordHandler handler;

  CriFramer(PipelineOptions options) {
    inner = new StderrFramer(options);
    prefix = PrefixChoice.of(options.logLinePrefix());
  }

  @Override
  public void accept(Line line, RecordHandler recordHandler) {
    ByteSlice text = line.text();
    if (!header.read(text)) {
      if (!text.isEmpty()) {
        recordHandler.malformed(NAME, BAD_HEAD, line.offsetBytes());
      }
      return;
    }
    handler = recordHandler;
    assemblies.nextLine();
    payload.wrap(text, header.payloadStart(), text.length());
    int stream = header.isStderr() ? STDERR : STDOUT;
    Assembly open = assemblies.find(Source.PROGRAM, stream, -1);
    if (open == null && !header.isPartial() && assemblies.isEmpty()) {
      hand(stream, payload, line.offsetBytes(), recordHandler);
    } else {
      if (open == null) {
        open = assemblies.begin(Source.PROGRAM, stream, -1, line.offsetBytes());
      }
      open.addToLine(payload);
      if (!header.isPartial()) {
        open.close();
      }
      assemblies.release();
    }
    handler = null;
  }

  private void early(long offsetBytes) {
    if (handler != null) {
      handler.malformed(NAME, Assemblies.TOO_MANY, offsetBytes);
    }
  }

  private void whole(Assembly assembly) {
    RecordHandler receiver = handler;
    if (receiver == null) {
      return;
    }
    assembly.rewind();
    while (assembly.nextLine(piece)) {
      hand(assembly.tag(), piece, assembly.offsetBytes(), receiver);
    }
  }

  private void hand(int stream, ByteSlice text, long offsetBytes, RecordHandler receiver) {
    if (serverStream != stream && !serverSeen && prefix.match(text, match) && !prefix.isEmpty()) {
      inner.end(receiver);
      serverStream = stream;
    }
    if (serverStream == stream) {
      serverSeen = serverSeen || (prefix.match(text, match) && !prefix.isEmpty());
      inner.accept(
          innerLine.wrap(text.array(), text.start(), text.length(), offsetBytes, false), receiver);
      return;
    }
    output.wrap(text, offsetBytes, Writer.PROGRAM);
    if (receiver.mayMatter(output)) {
      inner.output(
          innerLine.wrap(text.array(), text.start(), text.length(), offsetBytes, false), receiver);
    }
  }

  /** A line in pieces is written at once; half of one stays open. */
  @Override
  public void quiet(RecordHandler recordHandler) {
    if (assemblies.isEmpty()) {
      inner.quiet(recordHandler);
    }
  }

  @Override
  public void longQuiet(RecordHandler recordHandler) {
    if (assemblies.isEmpty()) {
      inner.longQuiet(recordHandler);
    }
  }

  @Override
  public void end(RecordHandler recordHandler) {
    handler = recordHandler;
    assemblies.closeAll();
    handler = null;
    inner.end(recordHandler);
  }

  @Override
  public long pendingOffsetBytes() {
    return Math.min(assemblies.pendingOffsetBytes(), inner.pendingOffsetBytes());
  }
}
