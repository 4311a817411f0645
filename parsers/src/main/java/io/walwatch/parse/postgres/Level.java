/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;

/** How grave a message is: by SQLSTATE where the framing tells, else by the word. */
enum Level {
  LOG,
  WARNING,
  ERROR,
  FATAL,
  /** The word is a translation, and there is no SQLSTATE. */
  UNKNOWN;

  private static final byte[] LOG_WORD = Ascii.bytes("LOG");
  private static final byte[] WARNING_WORD = Ascii.bytes("WARNING");
  private static final byte[] FATAL_WORD = Ascii.bytes("FATAL");
  private static final byte[] SUCCESS = Ascii.bytes("00000");
  private static final byte[] WARNING_STATE = Ascii.bytes("01000");
  private static final byte[] INTERNAL_ERROR = Ascii.bytes("XX000");

  /** Words that are none of the above and no translations either. */
  private static final byte[][] OTHERS = {
    Ascii.bytes("ERROR"), Ascii.bytes("PANIC"), Ascii.bytes("NOTICE"), Ascii.bytes("INFO")
  };

  private static final byte[] DEBUG = Ascii.bytes("DEBUG");

  /** Above it a shell tells that a command could not be run, or of which signal it died. */
  private static final int MAX_PLAIN_EXIT_CODE = 125;

  static Level of(LogRecord record) {
    ByteSlice state = record.sqlState();
    ByteSlice word = record.severity();
    if (word.is(LOG_WORD) || state.is(SUCCESS)) {
      return LOG;
    }
    if (word.is(WARNING_WORD) || state.is(WARNING_STATE)) {
      return WARNING;
    }
    if (word.is(FATAL_WORD) || state.is(INTERNAL_ERROR)) {
      return FATAL;
    }
    return isOther(word) || !state.isEmpty() ? ERROR : UNKNOWN;
  }

  /**
   * Whether an attempt to archive that failed so is FATAL, in every language (pgarch.c).
   *
   * @param code exit code or signal number
   */
  static boolean isFatalAttempt(boolean signal, long code) {
    return signal || code > MAX_PLAIN_EXIT_CODE;
  }

  private static boolean isOther(ByteSlice word) {
    for (byte[] other : OTHERS) {
      if (word.is(other)) {
        return true;
      }
    }
    return word.startsWith(DEBUG);
  }
}
