/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import java.nio.charset.StandardCharsets;

/**
 * The word that opens each line of a PostgreSQL message, such as {@code LOG: }. Reading allocates
 * nothing; the result stays in the instance.
 *
 * <p>A server with messages in another language translates these words (elog.c,
 * send_message_to_server_log), so a word that is not known is {@link Role#TRANSLATED}.
 */
final class Severity {
  /** What the line is to its record. */
  enum Role {
    /** No such word stands here. */
    NONE,
    MESSAGE,
    DETAIL,
    CONTEXT,
    STATEMENT,
    /** A hint, a location, an internal query. */
    OTHER,
    TRANSLATED
  }

  /** The longest translated word is far below: "ПРЕДУПРЕЖДЕНИЕ" has 28 bytes. */
  private static final int MAX_WORD_BYTES = 40;

  private static final byte[][] BY_L = words("LOG", "LOCATION");
  private static final byte[][] BY_D =
      words("DETAIL", "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5", "DEBUG");
  private static final byte[][] OTHERS = words("HINT", "QUERY", "BACKTRACE");
  private static final byte[] ERROR = word("ERROR");
  private static final byte[] FATAL = word("FATAL");
  private static final byte[] WARNING = word("WARNING");
  private static final byte[] PANIC = word("PANIC");
  private static final byte[] INFO = word("INFO");
  private static final byte[] NOTICE = word("NOTICE");
  private static final byte[] CONTEXT = word("CONTEXT");
  private static final byte[] STATEMENT = word("STATEMENT");

  private int start;
  private int length;

  /** Reads the word at {@code at}; {@link #wordEnd()} and {@link #textStart()} tell where. */
  Role read(ByteSlice line, int at) {
    start = at;
    length = wordLength(line, at);
    if (length == 0) {
      return Role.NONE;
    }
    return switch (line.byteAt(at)) {
      case 'L' -> first(line, BY_L, Role.MESSAGE);
      case 'E' -> one(line, ERROR, Role.MESSAGE);
      case 'F' -> one(line, FATAL, Role.MESSAGE);
      case 'W' -> one(line, WARNING, Role.MESSAGE);
      case 'P' -> one(line, PANIC, Role.MESSAGE);
      case 'I' -> one(line, INFO, Role.MESSAGE);
      case 'N' -> one(line, NOTICE, Role.MESSAGE);
      case 'D' -> first(line, BY_D, Role.DETAIL);
      case 'C' -> one(line, CONTEXT, Role.CONTEXT);
      case 'S' -> one(line, STATEMENT, Role.STATEMENT);
      case 'H', 'Q', 'B' -> any(line, OTHERS);
      default -> Role.TRANSLATED;
    };
  }

  /** Whether what may be such a word, translated or not, stands at {@code at}. */
  static boolean isWord(ByteSlice line, int at) {
    return wordLength(line, at) > 0;
  }

  /** Whether such a word, translated or not, ends anywhere between two places. */
  static boolean isWithin(ByteSlice line, int from, int to) {
    for (int at = from + 1; at < to - 2; at++) {
      byte b = line.byteAt(at - 1);
      if (line.byteAt(at) == ':'
          && line.byteAt(at + 1) == ' '
          && line.byteAt(at + 2) == ' '
          && (b < 0 || (b >= '1' && b <= 'Z' && b != ':'))) {
        return true;
      }
    }
    return false;
  }

  int start() {
    return start;
  }

  int wordEnd() {
    return start + length;
  }

  /** Where the text behind the word begins: colon and two blanks are skipped. */
  int textStart() {
    return start + length + 3;
  }

  private Role one(ByteSlice line, byte[] word, Role role) {
    return is(line, word) ? role : Role.TRANSLATED;
  }

  private Role any(ByteSlice line, byte[][] words) {
    for (byte[] word : words) {
      if (is(line, word)) {
        return Role.OTHER;
      }
    }
    return Role.TRANSLATED;
  }

  /** The first of the words has a role of its own; LOCATION is another part, DEBUG a message. */
  private Role first(ByteSlice line, byte[][] words, Role role) {
    if (is(line, words[0])) {
      return role;
    }
    Role rest = any(line, words);
    return rest == Role.OTHER && role == Role.DETAIL ? Role.MESSAGE : rest;
  }

  private boolean is(ByteSlice line, byte[] word) {
    return length == word.length && line.startsWith(word, start);
  }

  private static int wordLength(ByteSlice line, int at) {
    int end = Math.min(line.length() - 2, at + MAX_WORD_BYTES);
    for (int i = at; i < end; i++) {
      byte b = line.byteAt(i);
      if (b == ':') {
        return line.byteAt(i + 1) == ' ' && line.byteAt(i + 2) == ' ' ? i - at : 0;
      }
      if (b == ' ' && i > at && isWithinWord(line, i)) {
        continue;
      }
      if (b >= 0 && (b < '1' || b > 'Z' || (b < 'A' && b > '9'))) {
        return 0;
      }
    }
    return 0;
  }

  /** French has a blank before the colon, and other languages two words. */
  private static boolean isWithinWord(ByteSlice line, int blank) {
    byte next = line.byteAt(blank + 1);
    return next == ':' || next < 0 || line.byteAt(blank - 1) < 0;
  }

  private static byte[] word(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] words(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = word(words[i]);
    }
    return bytes;
  }
}
