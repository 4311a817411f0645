/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the lines of one stream to events: a framer and the parsers behind it. One instance for each
 * stream, used by one thread.
 *
 * <p>What was reported lies wholly before {@link #pendingOffsetBytes()}, what was not lies wholly
 * at or behind it: a reader that remembers that offset with its counters loses nothing and counts
 * nothing twice.
 *
 * <p>A parser that throws, or reports what no parser may, is a plug-in with a fault: it is told to
 * {@link ParserFaults} and not called again by this pipeline; the others go on.
 */
public final class LogPipeline {
  private final Framer framer;
  private final List<LogParser> parsers;
  private final IdentityHashMap<LogParser, String> names;
  private final EventSink sink;
  private final IdentityHashMap<LogParser, EventSink> sinks = new IdentityHashMap<>();
  private final ParserFaults faults;
  private final Framer.RecordHandler handler = new Handler();

  public LogPipeline(Framer framer, List<LogParser> parsers, EventSink sink) {
    this(framer, parsers, new IdentityHashMap<>(), sink, ParserFaults.IGNORED);
  }

  /**
   * @param names by which parsers are remembered
   * @param faults told of parsers that threw
   */
  LogPipeline(
      Framer framer,
      List<LogParser> parsers,
      IdentityHashMap<LogParser, String> names,
      EventSink sink,
      ParserFaults faults) {
    this.names = names;
    this.framer = framer;
    this.parsers = new ArrayList<>(parsers);
    this.sink = sink;
    this.faults = faults;
    names.forEach((parser, name) -> sinks.put(parser, new KeptContract(name, sink)));
  }

  /** Reads one line; lines come in the order of the stream. */
  public void accept(Line line) {
    framer.accept(line.offsetBytes() == 0 ? line.withoutMark() : line, handler);
  }

  /** The stream has been quiet for a moment: what may be complete is reported. */
  public void quiet() {
    framer.quiet(handler);
    for (int i = parsers.size() - 1; i >= 0; i--) {
      quiet(parsers.get(i));
    }
  }

  /** The stream has been quiet for seconds: what waited for more waits no longer. */
  public void longQuiet() {
    framer.longQuiet(handler);
    for (int i = parsers.size() - 1; i >= 0; i--) {
      quiet(parsers.get(i));
    }
  }

  /** The stream is over. */
  public void end() {
    framer.end(handler);
    for (int i = parsers.size() - 1; i >= 0; i--) {
      end(parsers.get(i));
    }
  }

  /** First byte of what must be read again after a crash, or {@link LogParser#NOTHING_PENDING}. */
  public long pendingOffsetBytes() {
    long pending = framer.pendingOffsetBytes();
    for (int i = parsers.size() - 1; i >= 0; i--) {
      pending = Math.min(pending, pendingOffsetBytes(parsers.get(i)));
    }
    return pending;
  }

  /** What its parsers need of the records that they have read, by their names; empty if nothing. */
  public Map<String, String> memory() {
    Map<String, String> memory = new TreeMap<>();
    for (int i = parsers.size() - 1; i >= 0; i--) {
      String name = names.get(parsers.get(i));
      String text = name == null ? "" : memory(parsers.get(i));
      if (!text.isEmpty()) {
        memory.put(name, text);
      }
    }
    return memory;
  }

  /** Goes on with the memory of an earlier pipeline of the same log. Before the first line. */
  public void remember(Map<String, String> memory) {
    for (int i = parsers.size() - 1; i >= 0; i--) {
      String name = names.get(parsers.get(i));
      String text = name == null ? null : memory.get(name);
      if (text != null) {
        remember(parsers.get(i), text);
      }
    }
  }

  private String memory(LogParser parser) {
    try {
      String memory = parser.memory();
      if (memory.length() <= LogParser.MAX_MEMORY) {
        return memory;
      }
      switchOff(parser, new IllegalStateException("its memory is too long"));
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
    }
    return "";
  }

  private void remember(LogParser parser, String memory) {
    try {
      parser.remember(memory);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
    }
  }

  private long pendingOffsetBytes(LogParser parser) {
    try {
      return parser.pendingOffsetBytes();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
      return LogParser.NOTHING_PENDING;
    }
  }

  private void quiet(LogParser parser) {
    try {
      parser.quiet(sinkOf(parser));
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
    }
  }

  private void end(LogParser parser) {
    try {
      parser.end(sinkOf(parser));
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
    }
  }

  private void accept(LogParser parser, LogRecord record) {
    try {
      parser.accept(record, sinkOf(parser));
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
    }
  }

  private boolean mayMatter(LogParser parser, LogRecord head) {
    try {
      return parser.mayMatter(head);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
      return false;
    }
  }

  private boolean ignoresAll(LogParser parser, LogRecord beginning) {
    try {
      return parser.ignoresAll(beginning);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
      return true;
    }
  }

  private boolean awaitsDetail(LogParser parser, LogRecord message) {
    try {
      return parser.awaitsDetail(message);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      switchOff(parser, e);
      return false;
    }
  }

  private EventSink sinkOf(LogParser parser) {
    return sinks.getOrDefault(parser, sink);
  }

  private void switchOff(LogParser parser, Throwable fault) {
    parsers.removeIf(other -> other == parser);
    faults.switchedOff(parser, fault);
  }

  /** Counts down, so that a parser may be switched off on the way. */
  private final class Handler implements Framer.RecordHandler {
    @Override
    public boolean mayMatter(LogRecord head) {
      for (int i = parsers.size() - 1; i >= 0; i--) {
        if (LogPipeline.this.mayMatter(parsers.get(i), head)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean ignoresAll(LogRecord beginning) {
      for (int i = parsers.size() - 1; i >= 0; i--) {
        if (!LogPipeline.this.ignoresAll(parsers.get(i), beginning)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean awaitsDetail(LogRecord message) {
      for (int i = parsers.size() - 1; i >= 0; i--) {
        if (LogPipeline.this.awaitsDetail(parsers.get(i), message)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void record(LogRecord record) {
      for (int i = parsers.size() - 1; i >= 0; i--) {
        LogPipeline.this.accept(parsers.get(i), record);
      }
    }

    @Override
    public void malformed(String framing, String reason, long offsetBytes) {
      sink.rejected(new Rejection(Rejection.Verdict.MALFORMED, framing, reason, offsetBytes));
    }
  }
}
