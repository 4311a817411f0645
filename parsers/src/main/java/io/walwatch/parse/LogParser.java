/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * The meaning of records: one archiver's, or PostgreSQL's own. One instance reads one stream, in
 * order; instances share nothing. No byte sequence makes it throw.
 */
public interface LogParser {
  /** {@link #pendingOffsetBytes()} when no record is open. */
  long NOTHING_PENDING = Long.MAX_VALUE;

  /** Characters that {@link #memory()} may have; more is a fault of the parser. */
  int MAX_MEMORY = 2_048;

  /**
   * Whether a record that begins like this may matter. Asked when only its first line is known, so
   * that a record which matters to nobody need not be kept until it is whole: of the server's
   * messages, and of output that comes in pieces. Other lines of output go to {@link #accept}
   * unasked, and what matters to one parser goes to all.
   */
  default boolean mayMatter(LogRecord head) {
    return true;
  }

  /**
   * Whether no message of the server that begins like this one matters, whatever else it holds:
   * only severity, writer and the first eight bytes of the message are known. Where all parsers say
   * so, such messages are passed over at a glance, without asking {@link #mayMatter} for each.
   * Asked seldom; the answer must stay the same, and agree with mayMatter.
   *
   * <p>The default is safe and dear: with one parser that has it, each message of the log is read
   * in full, for all of them. A parser that cares for the output of programs only answers {@code
   * beginning.kind() == LogRecord.Kind.SERVER_MESSAGE}.
   */
  default boolean ignoresAll(LogRecord beginning) {
    return false;
  }

  /**
   * Whether this message of the server, of which no more has come for a moment, cannot be judged
   * without the detail that it lacks. Who writes it line by line may be slow: it is handed over
   * when its process goes on with something else, or after seconds of silence.
   */
  default boolean awaitsDetail(LogRecord message) {
    return false;
  }

  /** Reads one record, and reports what it (or one that it ends) means. */
  void accept(LogRecord record, EventSink sink);

  /**
   * No more will come for now: what may be complete is reported, what is surely not complete stays
   * open.
   */
  default void quiet(EventSink sink) {}

  /** Nothing follows at all: what is open is reported or rejected. */
  default void end(EventSink sink) {}

  /**
   * First byte of the oldest record that is still open, or {@link #NOTHING_PENDING}. Reading again
   * from here after a crash loses nothing and repeats nothing.
   */
  default long pendingOffsetBytes() {
    return NOTHING_PENDING;
  }

  /**
   * What records to come need of earlier ones that are reported already, such as the file that a
   * command is about which has not ended: in this parser's own words, at most {@link #MAX_MEMORY}
   * characters; empty if there is nothing. It outlives the file and the process, where reading
   * again would count again.
   */
  default String memory() {
    return "";
  }

  /**
   * Goes on with what an earlier parser of the same log knew. Asked at most once, before the first
   * record.
   *
   * @param memory of {@link #memory()}, perhaps of another release: what is not understood is
   *     passed over
   */
  default void remember(String memory) {}
}
