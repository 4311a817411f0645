/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer.RecordHandler;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.framing.Assembly.Source;
import org.jspecify.annotations.Nullable;

/**
 * What arrives through syslog, however it was written down: WAL-E's records whole, PostgreSQL's in
 * pieces ({@code [seq-part] }, elog.c, write_syslog), and programs' output one line a message when
 * it came through logger(1). Pieces of several processes lie between each other.
 *
 * <p>The tag tells a server's text from a program's: a session cannot choose it. Any account of the
 * host can, through logger(1); a log that only root and the server can write to is safer. Where the
 * tag is none that is known, a message is the server's if its prefix names the very process that
 * syslog names too, which a text that a program was told from outside does not know.
 */
final class SyslogMessages {
  static final String NAME = "syslog";

  private static final byte[] DEFAULT_IDENT = Ascii.bytes(PipelineOptions.DEFAULT_IDENT);

  /** A prefix with three names of 63 bytes and what else it may have ends before. */
  private static final int MAX_HEAD_BYTES = 400;

  private static final byte[] NEW_LINE = {'\n'};

  private final StderrMessages server;
  private final PrefixChoice prefix;
  private final PrefixMatch match = new PrefixMatch();
  private final Assemblies assemblies = new Assemblies(this::whole, this::early);
  private final OutputLine output = new OutputLine();
  private final Line line = new Line();
  private final ByteSlice time = new ByteSlice();
  private final ByteSlice piece = new ByteSlice();
  private final PartNumber part = new PartNumber();
  private final byte[] ident;
  private final PrefixChoice strangersPrefix;
  private @Nullable RecordHandler handler;
  private @Nullable Assembly last;
  private boolean lastIsServer;

  SyslogMessages(PipelineOptions options) {
    server = new StderrMessages(options, true);
    prefix = PrefixChoice.of(options.logLinePrefix());
    strangersPrefix = PrefixChoice.of(options.logLinePrefix());
    ident = Ascii.bytes(options.syslogIdent());
  }

  /** Reads one message, of one line or of several. */
  void message(
      ByteSlice tag,
      long pid,
      ByteSlice payload,
      ByteSlice at,
      long offsetBytes,
      RecordHandler recordHandler) {
    next(recordHandler);
    int tagHash = hash(tag);
    part.read(payload);
    lastIsServer =
        part.hasBoth()
            || tag.is(DEFAULT_IDENT)
            || tag.is(ident)
            || isServersToo(tagHash, pid, payload);
    if (lastIsServer) {
      serverPiece(tagHash, pid, payload, at, offsetBytes);
    } else if (payload.startsWith(WaleRecord.LAST_LINE) || startsWithBlank(payload)) {
      goOn(tagHash, pid, payload, offsetBytes);
    } else {
      begin(tagHash, pid, payload, offsetBytes, recordHandler);
    }
    assemblies.release();
    handler = null;
  }

  /** Whether a message with any tag shows by itself that a server wrote it. */
  private boolean isServersToo(int tag, long pid, ByteSlice payload) {
    if (pid < 0) {
      return false;
    }
    if (assemblies.find(Source.SERVER, tag, pid) != null) {
      return true;
    }
    int head = Math.min(payload.length(), MAX_HEAD_BYTES);
    if (!Severity.isWithin(payload, part.end(), head)) {
      return false;
    }
    piece.wrap(payload, part.end(), payload.length());
    return !startsWithBlank(piece)
        && strangersPrefix.match(piece, match)
        && match.role == Severity.Role.MESSAGE
        && match.pid == pid;
  }

  /** A line without a head of its own: the message before it has raw newlines. */
  void headlessLine(ByteSlice text, long offsetBytes, RecordHandler recordHandler) {
    handler = recordHandler;
    if (last != null && !last.isClosed()) {
      last.addLine(text);
      if (text.startsWith(WaleRecord.LAST_LINE)) {
        last.close();
      }
    } else if (!lastIsServer && assemblies.isEmpty()) {
      recordHandler.record(output.wrap(text, offsetBytes, Writer.PROGRAM));
    }
    assemblies.release();
    handler = null;
  }

  private void next(RecordHandler recordHandler) {
    handler = recordHandler;
    last = null;
    assemblies.nextLine();
  }

  private void serverPiece(int tag, long pid, ByteSlice payload, ByteSlice at, long offsetBytes) {
    piece.wrap(payload, part.end(), payload.length());
    Assembly open = assemblies.find(Source.SERVER, tag, pid);
    boolean broken = open != null && open.isBroken() && part.number() != 1;
    boolean matches = matches(payload, !broken && part.number() <= 1);
    boolean begins =
        part.number() == 1
            || (part.number() < 0 && !broken && matches && match.role == Severity.Role.MESSAGE);
    if (begins) {
      if (open != null) {
        open.close();
      }
      last = assemblies.begin(Source.SERVER, tag, pid, offsetBytes);
      last.sequence(part.sequence());
      last.setTime(at);
      last.addLine(piece);
      last.broken(BrokenLine.mayEndWith(piece));
    } else if (open != null && open.sequence() == part.sequence()) {
      last = open;
      open.broken(BrokenLine.mayEndWith(piece));
      if (broken && matches) {
        open.doubt();
      }
      if (matches || (!piece.isEmpty() && piece.byteAt(0) == '\t')) {
        open.addLine(piece);
      } else {
        open.addToLine(piece);
      }
    }
  }

  /**
   * Whether a piece has a prefix, which may be {@code [%p] } itself, without any number of the
   * server's before it. What begins with a blank or a TAB goes on with a text that may be a
   * client's.
   *
   * @param mayTeach whether it may be the first sight of the prefix
   */
  private boolean matches(ByteSlice payload, boolean mayTeach) {
    if (startsWithBlank(piece)) {
      return false;
    }
    if (mayTeach ? prefix.match(piece, match) : prefix.matchKnown(piece, match)) {
      return true;
    }
    boolean own = !part.hasBoth() && prefix.matchSetting(payload, match);
    if (own) {
      piece.wrap(payload, 0, payload.length());
    }
    return own;
  }

  private void goOn(int tag, long pid, ByteSlice payload, long offsetBytes) {
    Assembly open = assemblies.find(Source.PROGRAM, tag, pid);
    if (open != null) {
      open.addLine(payload);
      if (payload.startsWith(WaleRecord.LAST_LINE)) {
        open.close();
      }
    } else if (assemblies.isEmpty() && handler != null) {
      handler.record(output.wrap(payload, offsetBytes, Writer.PROGRAM));
    }
  }

  private void begin(
      int tag, long pid, ByteSlice payload, long offsetBytes, RecordHandler recordHandler) {
    Assembly open = pid < 0 ? null : assemblies.find(Source.PROGRAM, tag, pid);
    if (open != null) {
      open.close();
    }
    output.wrap(payload, offsetBytes, Writer.PROGRAM);
    if (!recordHandler.mayMatter(output)) {
      return;
    }
    Assembly begun = assemblies.begin(Source.PROGRAM, tag, pid, offsetBytes);
    begun.addLine(payload);
    last = begun;
    if (isWholeRecord(payload)) {
      begun.close();
    }
  }

  private boolean isWholeRecord(ByteSlice payload) {
    int lineEnd = payload.lastIndexOf(NEW_LINE, payload.length());
    return lineEnd >= 0 && payload.startsWith(WaleRecord.LAST_LINE, lineEnd + 1);
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
    if (assembly.source() == Source.SERVER) {
      readByServer(assembly, receiver);
      server.flush(receiver);
    } else {
      assembly.rewind();
      boolean first = true;
      while (assembly.nextLine(piece)) {
        // A program's record is one message; what else begins a line there was typed by somebody.
        Writer writer = first || startsWithBlank(piece) ? Writer.PROGRAM : Writer.SESSION;
        receiver.record(output.wrap(piece, assembly.offsetBytes(), writer));
        first = false;
      }
    }
  }

  private Line lineAt(ByteSlice text, long offsetBytes) {
    return line.wrap(text.array(), text.start(), text.length(), offsetBytes, false);
  }

  private void readByServer(Assembly assembly, RecordHandler receiver) {
    assembly.time(time);
    server.beginRecord(assembly.pid(), time, assembly.isDoubted());
    assembly.rewind();
    while (assembly.nextLine(piece)) {
      server.accept(lineAt(piece, assembly.offsetBytes()), receiver);
    }
  }

  /** No more comes for now: what is behind one that lacks its detail waits with it. */
  void quiet(RecordHandler recordHandler) {
    handler = recordHandler;
    Assembly first = assemblies.first();
    while (first != null && !isAwaited(first, recordHandler)) {
      first.close();
      assemblies.release();
      first = assemblies.first();
    }
    last = last == first ? first : null;
    handler = null;
  }

  private boolean isAwaited(Assembly assembly, RecordHandler asked) {
    if (assembly.source() != Source.SERVER || assembly.isSlow()) {
      return assembly.isSlow();
    }
    Unreported unreported = new Unreported(asked);
    readByServer(assembly, unreported);
    assembly.slow(server.isAwaited(asked));
    server.flush(unreported);
    return assembly.isSlow();
  }

  /** No more comes of any message that is open. */
  void closeAll(RecordHandler recordHandler) {
    handler = recordHandler;
    last = null;
    assemblies.closeAll();
    handler = null;
  }

  long pendingOffsetBytes() {
    return assemblies.pendingOffsetBytes();
  }

  private static boolean startsWithBlank(ByteSlice text) {
    return !text.isEmpty() && (text.byteAt(0) == ' ' || text.byteAt(0) == '\t');
  }

  private static int hash(ByteSlice tag) {
    int hash = 1;
    for (int i = 0; i < tag.length(); i++) {
      hash = 31 * hash + tag.byteAt(i);
    }
    return hash;
  }
}
