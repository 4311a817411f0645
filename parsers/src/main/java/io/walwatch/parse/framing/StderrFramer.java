/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;

/**
 * PostgreSQL's stderr format. A message is a line with {@code log_line_prefix} and a severity, then
 * lines of DETAIL, HINT, CONTEXT and STATEMENT with the same prefix; each further line of any of
 * these begins with a TAB (elog.c, append_with_tabs). So no text that a session logs can begin a
 * line of its own. A line with neither is the raw output of a program that the server started.
 *
 * <p>A message is whole when another begins, when raw output follows, or when the stream is quiet:
 * the server writes message and detail at once.
 */
public final class StderrFramer implements Framer {
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

  /** A message is open; its text is being kept. */
  private boolean open;

  /** A message is going on that matters to nobody. */
  private boolean ignored;

  public StderrFramer(PipelineOptions options) {
    this(options, false);
  }

  /**
   * @param singles whether every line is the server's, so that one without a prefix is none, and an
   *     outer framing tells where each record begins and ends
   */
  StderrFramer(PipelineOptions options, boolean singles) {
    this.singles = singles;
    prefix = PrefixChoice.of(options.logLinePrefix());
    message = new ServerMessage(options);
    serverMessages = options.serverMessages();
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
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
    if (open && Severity.isWithin(text, 0, Math.min(text.length(), Trust.MAX_NAMES_BYTES))) {
      // What looked like a message was the name of a client, with a line end in it.
      message.writtenBy(Writer.SESSION);
      trust.tail(line.offsetBytes());
    }
    flush(handler);
    ignored = false;
    if (prefix.isTorn(line.text())) {
      trust.torn(line.offsetBytes());
    } else {
      Writer writer = trust.isDistrusted(line.offsetBytes()) ? Writer.SESSION : Writer.PROGRAM;
      handler.record(output.wrap(line.text(), line.offsetBytes(), writer));
    }
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
   * As {@link #setOuter}, of the one record that follows, up to {@link #end}.
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
    if (match.pid < 0) {
      match.pid = outerPid;
    }
    boolean continued = (open || ignored) && message.isOf(match.pid);
    boolean begins =
        match.role == Severity.Role.MESSAGE
            || (match.role == Severity.Role.TRANSLATED
                && (!continued || (!trust.isLater() && isNext(line.text()))));
    if (begins) {
      if (open && trust.isLater()) {
        message.writtenBy(Writer.SESSION);
      }
      flush(handler);
      begin(line, end, handler);
    } else if (!continued) {
      flush(handler);
    } else if (open) {
      addPart(line.text(), end);
    }
  }

  /**
   * Whether a line with a translated word is the next message of the process and not a part of the
   * open one. Parts have their message's time to the digit, and the first part is the detail.
   */
  private boolean isNext(ByteSlice text) {
    return ignored
        || !message.hasTime(match.time.isEmpty() ? outerTime : match.time)
        || message.hasSeverity(text, match.severity.start(), match.severity.wordEnd())
        || (!message.detail.isEmpty()
            && QuotedWalFile.isOnlyNumberIn(text, match.severity.textStart()));
  }

  private void begin(Line line, int end, RecordHandler handler) {
    ignored = true;
    if (!serverMessages) {
      return;
    }
    ByteSlice text = line.text();
    int textStart = Math.min(match.severity.textStart(), end);
    Writer writer = trust.isDistrusted(line.offsetBytes()) ? Writer.SESSION : writer();
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

  private void addPart(ByteSlice text, int end) {
    int textStart = Math.min(match.severity.textStart(), end);
    switch (match.role) {
      case DETAIL -> setPart(message.detail, text, textStart, end);
      case CONTEXT -> setPart(message.context, text, textStart, end);
      case STATEMENT -> setPart(message.statement, text, textStart, end);
      case TRANSLATED ->
          setPart(
              message.detail.isEmpty() ? message.detail : message.context, text, textStart, end);
      default -> message.skipPart();
    }
  }

  /** A record has each part once, and nothing that follows takes one away. */
  private void setPart(ServerMessage.Part part, ByteSlice text, int textStart, int end) {
    if (part.isEmpty()) {
      message.set(part, text, textStart, end);
      return;
    }
    message.skipPart();
    if (trust.isLater() && match.role != Severity.Role.TRANSLATED) {
      message.writtenBy(Writer.SESSION);
    }
  }

  private Writer writer() {
    if (match.session) {
      return Writer.SESSION;
    }
    if (!match.backendType.isEmpty()) {
      return prefix.isSetting()
          ? BackendTypes.writer(match.backendType)
          : BackendTypes.writerOfGuess(match.backendType);
    }
    return prefix.tellsUser() ? Writer.SERVER : Writer.UNKNOWN;
  }

  /** Who may have written what begins: who did is settled when it is whole. */
  private Writer presumed(Writer told) {
    boolean open = told == Writer.UNKNOWN || told == Writer.SERVER;
    return open && !prefix.isGuess() && message.mayBeArchivers(match.pid) ? Writer.ARCHIVER : told;
  }

  private void flush(RecordHandler handler) {
    if (open) {
      open = false;
      if (!prefix.isGuess()) {
        message.settleWriter();
      }
      handler.record(message);
    }
  }

  @Override
  public void quiet(RecordHandler handler) {
    flush(handler);
  }

  @Override
  public void end(RecordHandler handler) {
    flush(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    return open ? message.offsetBytes() : LogParser.NOTHING_PENDING;
  }

  private static int withoutCarriageReturn(ByteSlice text) {
    int length = text.length();
    return length > 0 && text.byteAt(length - 1) == '\r' ? length - 1 : length;
  }
}
