/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord.Writer;

/** Who wrote a message, by the backend type that csvlog (13+), jsonlog and {@code %b} tell. */
final class BackendTypes {
  private static final byte[] ARCHIVER = Ascii.bytes("archiver");

  /** The processes that run what a client asks for. */
  private static final byte[][] SESSIONS = {
    Ascii.bytes("client backend"),
    Ascii.bytes("parallel worker"),
    Ascii.bytes("walsender"),
    Ascii.bytes("standalone backend")
  };

  private BackendTypes() {}

  static Writer writer(ByteSlice type) {
    if (is(type, ARCHIVER)) {
      return Writer.ARCHIVER;
    }
    for (byte[] session : SESSIONS) {
      if (is(type, session)) {
        return Writer.SESSION;
      }
    }
    return Writer.OTHER_PROCESS;
  }

  private static boolean is(ByteSlice type, byte[] wanted) {
    return type.length() == wanted.length && type.startsWith(wanted);
  }
}
