/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/**
 * The head of a line in a Kubernetes container log (CRI): time, stream, and F for a whole line or P
 * for a piece of one that goes on.
 */
final class CriHeader {
  private static final byte[] STDOUT = Ascii.bytes("stdout ");
  private static final byte[] STDERR = Ascii.bytes("stderr ");

  private boolean stderr;
  private boolean partial;
  private int payloadStart;

  /** Reads a line; the rest is meaningful only when the answer is true. */
  boolean read(ByteSlice line) {
    int timeEnd = SyslogHeader.isoEnd(line, 0);
    if (timeEnd < 0 || timeEnd >= line.length() || line.byteAt(timeEnd) != ' ') {
      return false;
    }
    int stream = timeEnd + 1;
    stderr = line.startsWith(STDERR, stream);
    if (!stderr && !line.startsWith(STDOUT, stream)) {
      return false;
    }
    int tag = stream + STDERR.length;
    if (tag >= line.length() || (line.byteAt(tag) != 'F' && line.byteAt(tag) != 'P')) {
      return false;
    }
    partial = line.byteAt(tag) == 'P';
    int end = tag + 1;
    // Further tags may follow behind a colon.
    while (end < line.length() && line.byteAt(end) != ' ') {
      end++;
    }
    payloadStart = Math.min(end + 1, line.length());
    return true;
  }

  boolean isStderr() {
    return stderr;
  }

  boolean isPartial() {
    return partial;
  }

  int payloadStart() {
    return payloadStart;
  }
}
