/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;

/**
 * What framings know of WAL-E. Its records alone have several lines, and its syslog messages alone
 * a tag without a colon (log_help.py); a framing has to tell where each ends.
 */
final class WaleRecord {
  /** How the last line begins. */
  static final byte[] LAST_LINE = Ascii.bytes("        STRUCTURED: ");

  /** How the name of each of its loggers begins, which is the tag. */
  static final byte[] LOGGER = Ascii.bytes("wal_e.");

  private WaleRecord() {}
}
