/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.ArchiverEvents;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.WalFile;
import org.jspecify.annotations.Nullable;

/**
 * WAL-G's lines. {@code FILE PATH: NAME.EXT} says that an object was stored; nothing says that a
 * push begins, and the times have no zone. WAL-G 2.0 prints FILE PATH for a failed upload too,
 * right behind {@code failed to upload '…/NAME.EXT'} (wal-g#1578): that one is no success.
 */
final class WalgParser implements LogParser {
  private static final byte[] FILE_PATH = Ascii.bytes("FILE PATH: ");
  private static final byte[] FAILED_UPLOAD = Ascii.bytes("failed to upload '");
  private static final byte[] COULD_NOT = Ascii.bytes("upload: could not ");
  private static final byte[] ALREADY = Ascii.bytes("WAL file '");
  private static final byte[] EQUAL = Ascii.bytes("' already archived with equal content");
  private static final byte[] PREFETCH = Ascii.bytes("WAL-prefetch file: ");
  private static final byte[] ARCHIVE = Ascii.bytes("Archive '");
  private static final byte[] DELTA = Ascii.bytes("_delta");
  private static final byte[] NOT_EXIST = Ascii.bytes("' does not exist");

  private final WalgLine head = new WalgLine();
  private final ArchiverEvents events = new ArchiverEvents(WalgProvider.NAME);

  /** The file of an upload that failed, while its FILE PATH may follow. */
  private @Nullable WalFile failed;

  @Override
  public boolean mayMatter(LogRecord record) {
    return record.kind() == LogRecord.Kind.OUTPUT_LINE
        && head.read(record.message()) != WalgLine.Level.NONE;
  }

  @Override
  public boolean ignoresAll(LogRecord beginning) {
    return beginning.kind() == LogRecord.Kind.SERVER_MESSAGE;
  }

  @Override
  public void accept(LogRecord record, EventSink sink) {
    if (record.writer() != LogRecord.Writer.PROGRAM) {
      return;
    }
    ByteSlice line = record.message();
    switch (head.read(line)) {
      case INFO -> info(record, line, head.textStart(), sink);
      case WARNING -> events.message(record, MessageSeverity.WARNING, head.textStart(), sink);
      case ERROR -> error(record, line, head.textStart(), sink);
      case NONE -> {}
    }
  }

  private void info(LogRecord record, ByteSlice line, int at, EventSink sink) {
    if (line.startsWith(FILE_PATH, at)) {
      WalFile stored = fileIn(line, at + FILE_PATH.length, line.length());
      boolean isOther = stored == null && isOther(line, at + FILE_PATH.length);
      if (!isOther && (stored == null || !stored.equals(failed))) {
        events.push(record, PushState.COMPLETE, stored, sink);
      }
      failed = null;
    } else if (line.startsWith(ALREADY, at)) {
      int end = line.indexOf(EQUAL, at + ALREADY.length);
      if (end >= 0) {
        WalFile file = fileIn(line, at + ALREADY.length, end);
        events.push(record, PushState.COMPLETE, file, sink);
      }
    } else if (line.startsWith(PREFETCH, at)) {
      WalFile file = fileIn(line, at + PREFETCH.length, line.length());
      events.fetch(record, FetchAction.PREFETCH, FetchState.BEGIN, file, sink);
    }
  }

  private void error(LogRecord record, ByteSlice line, int at, EventSink sink) {
    if (line.startsWith(FAILED_UPLOAD, at)) {
      failed = quoted(line, at);
      events.message(record, MessageSeverity.ERROR, at, sink);
    } else if (line.startsWith(COULD_NOT, at)) {
      events.push(record, PushState.FAIL, quoted(line, at), sink);
    } else if (line.startsWith(ARCHIVE, at) && line.contains(NOT_EXIST)) {
      events.fetch(record, FetchAction.FETCH, FetchState.MISSING, quoted(line, at), sink);
    } else {
      events.message(record, MessageSeverity.ERROR, at, sink);
    }
  }

  /** Parts of backups lie in folders; what helps with delta backups is named so (delta_file.go). */
  private static boolean isOther(ByteSlice line, int from) {
    return line.indexOf((byte) '/', from) >= 0 || line.indexOf(DELTA, from) >= 0;
  }

  private static @Nullable WalFile quoted(ByteSlice line, int from) {
    int open = line.indexOf((byte) '\'', from);
    int close = open < 0 ? -1 : line.indexOf((byte) '\'', open + 1);
    int end = open >= 0 && close < 0 ? line.length() : close;
    return open < 0 ? null : fileIn(line, open + 1, end);
  }

  /** The file that a path names, with or without the extension of a compressor. */
  private static @Nullable WalFile fileIn(ByteSlice line, int from, int to) {
    String path = line.substring(from, to).strip();
    String name = path.substring(path.lastIndexOf('/') + 1);
    WalFile file = WalFile.parse(name);
    int dot = name.lastIndexOf('.');
    return file != null || dot < 0 ? file : WalFile.parse(name.substring(0, dot));
  }

  @Override
  public String memory() {
    return failed == null ? "" : failed.name();
  }

  @Override
  public void remember(String memory) {
    failed = WalFile.parse(memory);
  }
}
