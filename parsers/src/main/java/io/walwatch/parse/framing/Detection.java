/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Tells the framing of a line that shows it. */
final class Detection {
  private static final JsonKey JSON_SEVERITY = new JsonKey("error_severity");
  private static final byte[] DEFAULT_IDENT = Ascii.bytes(PipelineOptions.DEFAULT_IDENT);
  private static final byte[] CURSOR = Ascii.bytes("__CURSOR=");
  private static final byte[] REALTIME = Ascii.bytes("__REALTIME_TIMESTAMP=");

  private final CsvFramer csv;
  private final SyslogHeader syslog = new SyslogHeader();
  private final CriHeader cri = new CriHeader();
  private final PrefixChoice prefix;
  private final PrefixMatch match = new PrefixMatch();
  private final PartNumber part = new PartNumber();
  private final ByteSlice payload = new ByteSlice();
  private final byte[] ident;

  Detection(PipelineOptions options) {
    csv = new CsvFramer(options);
    prefix = PrefixChoice.of(options.logLinePrefix());
    ident = Ascii.bytes(options.syslogIdent());
  }

  /** The name of the line's framing, or null where it might be any. */
  @Nullable String framingOf(ByteSlice line) {
    if (line.isEmpty() || !mayTell(line.byteAt(0))) {
      return null;
    }
    if (line.byteAt(0) == '{') {
      return JSON_SEVERITY.valueIn(line) >= 0 ? "jsonlog" : null;
    }
    if (csv.begins(line)) {
      return "csvlog";
    }
    if (line.startsWith(CURSOR) || line.startsWith(REALTIME)) {
      return "journal";
    }
    if (cri.read(line)) {
      return "cri";
    }
    if (syslog.read(line)) {
      return "syslog";
    }
    return prefix.match(line, match) && !prefix.isEmpty() ? "stderr" : null;
  }

  /**
   * Whether a line of syslog is one of the server or of WAL-E. Others only look like syslog: many
   * programs begin a line with a time and two words.
   */
  boolean isKnownInSyslog(ByteSlice line) {
    if (!syslog.read(line)) {
      return false;
    }
    payload.wrap(line, syslog.tagStart(), syslog.tagEnd());
    if (syslog.isWale(line) || payload.is(DEFAULT_IDENT) || payload.is(ident)) {
      return true;
    }
    payload.wrap(line, syslog.payloadStart(), line.length());
    part.read(payload);
    if (part.hasBoth()) {
      return true;
    }
    payload.wrap(line, syslog.payloadStart() + part.end(), line.length());
    return beginsMessage(payload);
  }

  /** Whether a line begins a message as in the stderr format, with a prefix. */
  boolean beginsMessage(ByteSlice line) {
    return prefix.match(line, match) && !prefix.isEmpty() && match.role == Severity.Role.MESSAGE;
  }

  /** A digit, a mark, or the first letter of a month or of a severity. */
  private static boolean mayTell(byte first) {
    return (first >= '0' && first <= '9') || (first > ' ' && first < 'a') || first >= '{';
  }
}
