/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.TextHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A WAL-E record while its lines come in: the message and the detail, in buffers that are reused
 * and bounded, and the hash of its first and its last line: these two are one of a kind (time to
 * the microsecond, process, file), while syslog may cut a long detail.
 */
final class WaleRecord {
  /** A traceback has about 4 kB; more than this is cut. */
  private static final int MAX_DETAIL_BYTES = 16 * 1024;

  private static final byte[] DETAIL = Ascii.bytes("DETAIL: ");
  private static final byte[] HINT = Ascii.bytes("HINT: ");

  private final TextHash hash = new TextHash();
  private byte[] message = new byte[256];
  private int messageLength;
  private byte[] detail = new byte[1024];
  private int detailLength;
  private boolean hasDetail;
  private boolean inDetail;
  private long offsetBytes;
  private MessageSeverity severity = MessageSeverity.INFO;

  void begin(ByteSlice line, WaleHeader header, long offsetBytes) {
    this.offsetBytes = offsetBytes;
    this.severity = header.severity();
    hash.reset();
    hash.addLines(line, header.start(), line.length());
    messageLength = Math.min(line.length() - header.textStart(), MAX_DETAIL_BYTES);
    message = roomFor(message, messageLength);
    System.arraycopy(line.array(), line.start() + header.textStart(), message, 0, messageLength);
    detailLength = 0;
    hasDetail = false;
    inDetail = false;
  }

  /** Adds a line that follows; {@code from} is behind the indentation. */
  void add(ByteSlice line, int from) {
    if (line.startsWith(HINT, from)) {
      inDetail = false;
    } else if (!hasDetail && line.startsWith(DETAIL, from)) {
      hasDetail = true;
      inDetail = true;
      addDetail(line, from + DETAIL.length);
    } else if (inDetail) {
      addDetail(line, from);
    }
  }

  private void addDetail(ByteSlice line, int from) {
    int length = line.length() - from;
    if (detailLength + length + 1 > MAX_DETAIL_BYTES) {
      inDetail = false;
      return;
    }
    detail = roomFor(detail, detailLength + length + 1);
    if (detailLength > 0) {
      detail[detailLength++] = '\n';
    }
    System.arraycopy(line.array(), line.start() + from, detail, detailLength, length);
    detailLength += length;
  }

  private static byte[] roomFor(byte[] buffer, int length) {
    return length <= buffer.length
        ? buffer
        : Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
  }

  /** Adds the last line. */
  void addStructured(ByteSlice line, int from) {
    hash.addLines(line, from, line.length());
  }

  long offsetBytes() {
    return offsetBytes;
  }

  MessageSeverity severity() {
    return severity;
  }

  long textHash() {
    return hash.value();
  }

  String message() {
    return new String(message, 0, messageLength, StandardCharsets.UTF_8).stripTrailing();
  }

  @Nullable String detail() {
    return hasDetail
        ? new String(detail, 0, detailLength, StandardCharsets.UTF_8).stripTrailing()
        : null;
  }
}
