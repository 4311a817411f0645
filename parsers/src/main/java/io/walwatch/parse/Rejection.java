/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Text that looked like a record and is not counted as one.
 *
 * @param parser name of the parser that refused it, or of the framing
 * @param reason why, in words from a short fixed list of that parser's
 * @param offsetBytes first byte of the record in its stream
 */
public record Rejection(Verdict verdict, String parser, String reason, long offsetBytes) {
  /** What is wrong with the text. */
  public enum Verdict {
    /** The right words, and somebody else wrote them. */
    FORGED,
    /** It begins like a record and does not parse. */
    MALFORMED,
    /** A record that was counted already, where it was read first. */
    DUPLICATE
  }
}
