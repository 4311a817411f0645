/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.PipelineOptions;

/** A file that rsyslog or syslog-ng wrote. */
final class SyslogFramer implements Framer {
  private final SyslogHeader header = new SyslogHeader();
  private final SyslogMessages messages;
  private final Scratch scratch = new Scratch();
  private final ByteSlice tag = new ByteSlice();
  private final ByteSlice payload = new ByteSlice();
  private final PartNumber part = new PartNumber();

  SyslogFramer(PipelineOptions options) {
    messages = new SyslogMessages(options);
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (!header.read(text)) {
      messages.headlessLine(text, line.offsetBytes(), handler);
      return;
    }
    scratch.clear();
    if (header.isWale(text)) {
      // The logger's name is the tag, and the blanks behind it were padding.
      scratch.append(text, header.tagStart(), header.tagEnd());
      scratch.append((byte) ' ');
    }
    payload.wrap(text, header.payloadStart(), text.length());
    part.read(payload);
    // No piece of a message has a line end: one that is there was typed.
    scratch.appendDecoded(text, header.payloadStart(), text.length(), !part.hasBoth());
    scratch.trimNuls();
    tag.wrap(text, header.tagStart(), header.tagEnd());
    messages.message(tag, header.pid(), scratch.view(), header.time, line.offsetBytes(), handler);
  }

  @Override
  public void quiet(RecordHandler handler) {
    messages.quiet(handler);
  }

  @Override
  public void longQuiet(RecordHandler handler) {
    messages.closeAll(handler);
  }

  @Override
  public void end(RecordHandler handler) {
    messages.closeAll(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    return messages.pendingOffsetBytes();
  }
}
