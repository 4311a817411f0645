/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Cuts the lines of one stream into records and says who wrote each. One instance reads one stream,
 * in order. No byte sequence makes it throw.
 */
public interface Framer {
  /** Receives records in the order of the stream. */
  interface RecordHandler {
    /** As {@link LogParser#mayMatter}. */
    boolean mayMatter(LogRecord head);

    /** As {@link LogParser#ignoresAll}, of all parsers. */
    default boolean ignoresAll(LogRecord beginning) {
      return false;
    }

    /** As {@link LogParser#awaitsDetail}, of any parser. */
    default boolean awaitsDetail(LogRecord message) {
      return false;
    }

    /** A record, whole; valid only during the call. */
    void record(LogRecord record);

    /**
     * Bytes that begin like a record of this framing and are none.
     *
     * @param reason in words from a short fixed list of the framing's
     */
    void malformed(String framing, String reason, long offsetBytes);
  }

  /** Takes the next line; what has become whole by it is handed over before this returns. */
  void accept(Line line, RecordHandler handler);

  /** No more will come for now: an open record that may be complete is handed over. */
  void quiet(RecordHandler handler);

  /**
   * No more has come for so long that nobody is writing: what waited for more is handed over as it
   * is.
   */
  default void longQuiet(RecordHandler handler) {
    quiet(handler);
  }

  /** Nothing follows at all. */
  void end(RecordHandler handler);

  /** As {@link LogParser#pendingOffsetBytes()}. */
  long pendingOffsetBytes();
}
