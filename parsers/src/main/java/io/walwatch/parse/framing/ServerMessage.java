/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ArchiverSightings;
import io.walwatch.parse.ArchiverWitness;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.PipelineOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message of PostgreSQL while its lines come in. The text is copied into one buffer that is
 * reused for every message; what does not fit is left out.
 */
final class ServerMessage implements LogRecord {
  /** Statements may have megabytes; no part that matters comes near this. */
  static final int MAX_TEXT_BYTES = 64 * 1024;

  private static final byte[] FATAL = Ascii.bytes("FATAL");
  private static final byte[] CUT_OFF = Ascii.bytes("(did not fit)");
  private static final int FIRST_BYTES = 4 * 1024;

  /** One part of the text, by where it lies in the buffer. */
  static final class Part {
    private final ByteSlice slice = new ByteSlice();
    private int start;
    private int end;

    boolean isEmpty() {
      return end == start;
    }

    private void clear() {
      start = 0;
      end = 0;
    }
  }

  final Part severity = new Part();
  final Part sqlState = new Part();
  final Part time = new Part();
  final Part text = new Part();
  final Part detail = new Part();
  final Part context = new Part();
  final Part statement = new Part();

  private final Timestamps timestamps;
  private final ArchiverWitness archiver;
  private final ByteSlice compared = new ByteSlice();
  private final ByteSlice decoded = new ByteSlice();
  private final ByteSlice unknownContext = new ByteSlice().wrap(CUT_OFF, 0, CUT_OFF.length);
  private byte[] buffer = new byte[FIRST_BYTES];
  private int used;

  /** Of a part that stands before the context something was left out, and so may be that. */
  private boolean cut;

  private @Nullable Part open;
  private long offsetBytes;
  private long pid;
  private Writer writer = Writer.UNKNOWN;

  ServerMessage(PipelineOptions options) {
    timestamps = new Timestamps(options.logTimezone(), options.lastWrite());
    archiver = options.archiver();
  }

  /** Starts a new message. */
  void begin(long offsetBytes, long pid, Writer writer) {
    this.offsetBytes = offsetBytes;
    this.pid = pid;
    this.writer = writer;
    used = 0;
    cut = false;
    open = null;
    severity.clear();
    sqlState.clear();
    time.clear();
    text.clear();
    detail.clear();
    context.clear();
    statement.clear();
  }

  /** Sets a part; lines that follow belong to it. */
  void set(Part part, ByteSlice source, int from, int to) {
    open = part;
    part.start = used;
    append(source, from, to);
    part.end = used;
  }

  /** Sets a part of a quoted csv field, in which {@code ""} stands for one quote. */
  void setUnquoted(Part part, ByteSlice source, int from, int to) {
    open = part;
    part.start = used;
    int at = from;
    while (at < to) {
      int quote = source.indexOf((byte) '"', at);
      int end = quote < 0 || quote >= to ? to : quote + 1;
      append(source, at, end);
      at = quote == end - 1 ? end + 1 : end;
    }
    part.end = used;
  }

  /** Sets a part of a JSON string, as far as its beginning can be told without decoding it. */
  void setHead(Part part, ByteSlice source, int from, int to) {
    part.start = used;
    int at = from;
    while (at < to && source.byteAt(at) != '"') {
      if (source.byteAt(at) == '\\') {
        at++;
      }
      append(source, Math.min(at, to), Math.min(at + 1, to));
      at++;
    }
    part.end = used;
  }

  /** Sets a part of text that was decoded elsewhere. */
  void set(Part part, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    decoded.wrap(bytes, 0, bytes.length);
    set(part, decoded, 0, bytes.length);
  }

  /** What follows belongs to a part that is not kept. */
  void skipPart() {
    open = null;
  }

  /** Adds a line to the part that was set last. */
  void addLine(ByteSlice source, int from, int to) {
    if (open == null) {
      return;
    }
    if (used == MAX_TEXT_BYTES) {
      append(source, from, to);
      return;
    }
    ensureRoom(1);
    buffer[used++] = '\n';
    append(source, from, to);
    open.end = used;
  }

  void writtenBy(Writer newWriter) {
    writer = newWriter;
  }

  /** Where the framing does not tell whether the archiver wrote this, somebody else may know. */
  void settleWriter() {
    boolean settled = writer != Writer.UNKNOWN && writer != Writer.SERVER;
    if (settled || pid < 0 || archiver == ArchiverWitness.NONE) {
      return;
    }
    Instant at = at();
    writer =
        switch (archiver.upTo(at).of(pid, at)) {
          case ARCHIVER -> Writer.ARCHIVER;
          case ANOTHER -> Writer.OTHER_PROCESS;
          case UNKNOWN -> writerOfLibrary();
        };
  }

  /** An archiver that cannot load its library is gone before anybody has seen it. */
  private Writer writerOfLibrary() {
    String library = archiver.library();
    if (library == null || !slice(severity).is(FATAL)) {
      return writer;
    }
    return switch (LibraryFailure.of(slice(text), library)) {
      case NONE -> writer;
      case OF_THIS -> Writer.ARCHIVER;
      case OF_ANOTHER -> Writer.OTHER_PROCESS;
    };
  }

  /** Whether that process was the archiver at some time, as far as is known without a look. */
  boolean mayBeArchivers(long otherPid) {
    return otherPid >= 0
        && archiver != ArchiverWitness.NONE
        && archiver.upTo(null).of(otherPid, null) == ArchiverSightings.Answer.ARCHIVER;
  }

  void writtenByProcess(long newPid) {
    pid = newPid;
  }

  private void append(ByteSlice source, int from, int to) {
    int length = Math.min(to - from, MAX_TEXT_BYTES - used);
    if (length < to - from && open != statement) {
      cut = true;
    }
    ensureRoom(length);
    System.arraycopy(source.array(), source.start() + from, buffer, used, length);
    used += length;
  }

  private void ensureRoom(int length) {
    if (buffer.length - used < length) {
      buffer = Arrays.copyOf(buffer, Math.min(MAX_TEXT_BYTES, Math.max(used + length, 2 * used)));
    }
  }

  /** Whether a line of that process may belong to this message; -1: the framing does not tell. */
  boolean isOf(long otherPid) {
    return pid == otherPid;
  }

  /** Whether the framing tells whose it is. */
  boolean hasPid() {
    return pid >= 0;
  }

  boolean hasTime(ByteSlice other) {
    ByteSlice own = slice(time);
    return own.length() == other.length() && startsWith(own, other);
  }

  boolean hasSeverity(ByteSlice line, int from, int to) {
    compared.wrap(line, from, to);
    return slice(severity).length() == compared.length() && startsWith(slice(severity), compared);
  }

  private static boolean startsWith(ByteSlice text, ByteSlice prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (text.byteAt(i) != prefix.byteAt(i)) {
        return false;
      }
    }
    return true;
  }

  private ByteSlice slice(Part part) {
    return part.slice.wrap(buffer, part.start, part.end - part.start);
  }

  @Override
  public Kind kind() {
    return Kind.SERVER_MESSAGE;
  }

  @Override
  public Writer writer() {
    return writer;
  }

  @Override
  public long offsetBytes() {
    return offsetBytes;
  }

  @Override
  public @Nullable Long pid() {
    return pid < 0 ? null : pid;
  }

  @Override
  public @Nullable Instant at() {
    return timestamps.read(slice(time));
  }

  @Override
  public ByteSlice severity() {
    return slice(severity);
  }

  @Override
  public ByteSlice sqlState() {
    return slice(sqlState);
  }

  @Override
  public ByteSlice message() {
    return slice(text);
  }

  @Override
  public ByteSlice detail() {
    return slice(detail);
  }

  @Override
  public ByteSlice context() {
    return cut && context.isEmpty() && writer != Writer.ARCHIVER ? unknownContext : slice(context);
  }

  @Override
  public ByteSlice statement() {
    return slice(statement);
  }
}
