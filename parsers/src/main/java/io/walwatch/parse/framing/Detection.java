/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Tells the framing of a line that shows it. */
final class Detection {
  private static final JsonKey JSON_SEVERITY = new JsonKey("error_severity");
  private static final byte[] CURSOR = Ascii.bytes("__CURSOR=");
  private static final byte[] REALTIME = Ascii.bytes("__REALTIME_TIMESTAMP=");

  private final CsvFramer csv;
  private final SyslogHeader syslog = new SyslogHeader();
  private final CriHeader cri = new CriHeader();
  private final PrefixChoice prefix;
  private final PrefixMatch match = new PrefixMatch();

  Detection(PipelineOptions options) {
    csv = new CsvFramer(options);
    prefix = PrefixChoice.of(options.logLinePrefix());
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

  /** A digit, a mark, or the first letter of a month or of a severity. */
  private static boolean mayTell(byte first) {
    return (first >= '0' && first <= '9') || (first > ' ' && first < 'a') || first >= '{';
  }
}
