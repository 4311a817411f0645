/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer.RecordHandler;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;

/**
 * The messages of PostgreSQL's stderr format, line by line. A message is a line with {@code
 * log_line_prefix} and a severity, then lines of DETAIL, HINT, CONTEXT and STATEMENT with the same
 * prefix; each further line of any of these begins with a TAB (elog.c, append_with_tabs). So no
 * text that a session logs can begin a line of its own. A line with neither is the raw output of a
 * program that the server started.
 */
final class StderrMessages {
  /** What a line is to the message that is open. */
  enum Place {
    /** Goes on with it. */
    PART,
    /** Begins the next message of the same process. */
    NEXT,
    OF_ANOTHER,
    /** No line of the server's. */
    RAW,
    /** Ends inside of a client's name, which may go on with the words of anybody. */
    TORN
  }

  private final PrefixChoice prefix;
  private final ByteSlice forged = new ByteSlice();
  private final PrefixMatch match = new PrefixMatch();
  private final ServerMessage message;
  private final MessageHead head = new MessageHead();
  private final OutputLine output = new OutputLine();
  private final PassedOver passedOver = new PassedOver();
  private final boolean serverMessages;
  private final boolean singles;
  private final ByteSlice outerTime = new ByteSlice();
  private long outerPid = -1;
  private final Trust trust = new Trust();
  private final MessageParts parts;

  /** A message is open; its text is being kept. */
  private boolean open;

  /** A message is going on that matters to nobody. */
  private boolean ignored;

  /**
   * @param singles whether every line is the server's, so that one without a prefix is none, and an
   *     outer framing tells where each record begins and ends
   */
  StderrMessages(PipelineOptions options, boolean singles) {
    this.singles = singles;
    prefix = PrefixChoice.of(options.logLinePrefix());
    message = new ServerMessage(options);
    parts = new MessageParts(message, match, trust);
    serverMessages = options.serverMessages();
  }

  /** Reads the next line. */
  void accept(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (!open && isPassedOver(line, handler)) {
      trust.lineWasRead();
      return;
    }
    int end = withoutCarriageReturn(text);
    if (end > 0 && text.byteAt(0) == '\t') {
      if (open) {
        message.addLine(text, 1, end);
      }
    } else if (trust.mayTeach(line.offsetBytes())
        ? prefix.match(text, match)
        : prefix.matchKnown(text, match)) {
      serverLine(line, end, handler);
    } else if (singles) {
      strayLine(text, end);
    } else {
      noServerLine(line, handler);
    }
    trust.lineWasRead();
  }

  /**
   * Whether a line matters to nobody, as far as a glance can tell; if so, all is as if it had been
   * read. Not asked while a message is open.
   */
  private boolean isPassedOver(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (text.isEmpty()) {
      return false;
    }
    if (text.byteAt(0) == '\t') {
      showForged(line, handler);
      return true;
    }
    Glance glance = prefix.glance();
    if (glance == null || trust.isDistrusted(line.offsetBytes()) || !glance.read(text)) {
      return false;
    }
    trust.serverWrote();
    prefix.note(glance.beginning().isStatement(), glance.isSession());
    if (!glance.beginning().isMessage()) {
      return true;
    }
    long pid = glance.pid() < 0 ? outerPid : glance.pid();
    if (serverMessages
        && (message.mayBeArchivers(pid)
            || !passedOver.isIgnored(line, glance, prefix.tellsUser(), handler))) {
      return false;
    }
    ignored = true;
    message.writtenByProcess(pid);
    return true;
  }

  /** Of a message that matters to nobody, the line that would make an archiver's record of it. */
  private void showForged(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (text.startsWith(WaleRecord.LAST_LINE, 1)) {
      forged.wrap(text, 1, text.length());
      handler.record(output.wrap(forged, line.offsetBytes(), Writer.SESSION));
    }
  }

  private void noServerLine(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    trust.strange(text, line.offsetBytes());
    if (open) {
      noteBehind(text, line.offsetBytes());
    }
    flush(handler);
    ignored = false;
    if (prefix.isTorn(text)) {
      trust.torn(line.offsetBytes());
    } else {
      Writer writer = trust.writerOfRaw(line.offsetBytes());
      handler.record(output.wrap(text, line.offsetBytes(), writer));
    }
  }

  /** A line of another stream beside the server's: surely a program's. */
  void output(Line line, RecordHandler handler) {
    handler.record(output.wrap(line.text(), line.offsetBytes(), Writer.PROGRAM));
  }

  /** A line end that a client typed, or one in its name: the text of the message goes on. */
  private void strayLine(ByteSlice text, int end) {
    if (open) {
      if (Severity.isWithin(text, 0, Math.min(end, Trust.MAX_NAMES_BYTES))) {
        message.writtenBy(Writer.SESSION);
      }
      message.addLine(text, 0, end);
    }
  }

  /**
   * As {@link #setOuter}, of the one record that follows, up to {@link #flush}.
   *
   * @param isDoubted whether it shows that a client chose where a line begins
   */
  void beginRecord(long pid, ByteSlice time, boolean isDoubted) {
    setOuter(pid, time);
    trust.beginRecord(isDoubted);
    ignored = false;
  }

  /** What an outer framing tells about the lines that follow; a prefix that tells goes before. */
  void setOuter(long pid, ByteSlice time) {
    outerPid = pid;
    outerTime.wrap(time, 0, time.length());
  }

  private void serverLine(Line line, int end, RecordHandler handler) {
    trust.serverWrote();
    if (match.pid < 0) {
      match.pid = outerPid;
    }
    boolean continued = (open || ignored) && message.isOf(match.pid);
    if (isBegin(line.text(), continued)) {
      if (open && trust.isLater()) {
        message.writtenBy(Writer.SESSION);
      }
      flush(handler);
      begin(line, end, handler);
    } else if (!continued) {
      flush(handler);
    } else if (open) {
      parts.add(line.text(), end);
    }
  }

  private void begin(Line line, int end, RecordHandler handler) {
    ignored = true;
    if (!serverMessages) {
      return;
    }
    ByteSlice text = line.text();
    int textStart = Math.min(match.severity.textStart(), end);
    Writer writer = trust.isDistrusted(line.offsetBytes()) ? Writer.SESSION : prefix.writer(match);
    message.begin(line.offsetBytes(), match.pid, writer);
    head.wrap(line.offsetBytes(), match.pid, presumed(writer))
        .wrapText(text, match.severity.start(), match.severity.wordEnd(), textStart, end);
    open = handler.mayMatter(head);
    ignored = !open;
    if (open) {
      if (Severity.isWithin(text, textStart, end)) {
        // The first severity was a client's name: behind %q, or where the prefix is not certain.
        message.writtenBy(Writer.SESSION);
      }
      message.set(message.severity, text, match.severity.start(), match.severity.wordEnd());
      message.set(message.sqlState, match.sqlState, 0, match.sqlState.length());
      ByteSlice time = match.time.isEmpty() ? outerTime : match.time;
      message.set(message.time, time, 0, time.length());
      message.set(message.text, text, textStart, end);
    }
  }

  /** Who may have written what begins: who did is settled when it is whole. */
  private Writer presumed(Writer told) {
    boolean open = told == Writer.UNKNOWN || told == Writer.SERVER;
    return open && !prefix.isGuess() && message.mayBeArchivers(match.pid) ? Writer.ARCHIVER : told;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether a message is open whose other lines can be told by their process. */
  boolean isOfKnownProcess() {
    return open && message.hasPid();
  }

  /**
   * What a line is to the message that is open.
   *
   * @param isDoubted whether a client may have written it, so that it is no part
   */
  Place placeOf(Line line, boolean isDoubted) {
    ByteSlice text = line.text();
    boolean mayTeach = !isDoubted && trust.mayTeach(line.offsetBytes());
    boolean known = mayTeach ? prefix.match(text, match) : prefix.matchKnown(text, match);
    if (!known) {
      return prefix.isTorn(text) ? Place.TORN : Place.RAW;
    }
    if (isDoubted || !message.isOf(match.pid < 0 ? outerPid : match.pid)) {
      return Place.OF_ANOTHER;
    }
    return isBegin(text, true) ? Place.NEXT : Place.PART;
  }

  private boolean isBegin(ByteSlice text, boolean continued) {
    return match.role == Severity.Role.MESSAGE
        || (match.role == Severity.Role.TRANSLATED
            && (!continued || (!trust.isLater() && (ignored || parts.isNext(text, outerTime)))));
  }

  /** The line behind one of the open message's is none of the server's: it may end a name. */
  void noteBehind(ByteSlice text, long offsetBytes) {
    boolean isPrinted = Severity.isWord(text, 0) && !prefix.endsInName();
    if (!isPrinted && Severity.isWithin(text, 0, Math.min(text.length(), Trust.MAX_NAMES_BYTES))) {
      // What looked like a message was the name of a client, with a line end in it.
      message.writtenBy(Writer.SESSION);
      trust.tail(offsetBytes);
    }
  }

  /** Whether the open message cannot be judged yet: it lacks what its process may still write. */
  boolean isAwaited(RecordHandler handler) {
    return open && handler.awaitsDetail(message);
  }

  /** Hands over the message that is open. */
  void flush(RecordHandler handler) {
    if (open) {
      open = false;
      if (!prefix.isGuess()) {
        message.settleWriter();
      }
      handler.record(message);
    }
  }

  /** As {@link LogParser#pendingOffsetBytes()}. */
  long pendingOffsetBytes() {
    return open ? message.offsetBytes() : LogParser.NOTHING_PENDING;
  }

  private static int withoutCarriageReturn(ByteSlice text) {
    int length = text.length();
    return length > 0 && text.byteAt(length - 1) == '\r' ? length - 1 : length;
  }
}
