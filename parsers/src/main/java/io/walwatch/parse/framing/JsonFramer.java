/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;

/**
 * PostgreSQL's jsonlog (15 and later): one object a line. Whatever a session logs is inside a
 * string, so a line is a record and nothing else can begin one.
 *
 * <p>The message is first looked at where it lies; only what may matter is parsed whole.
 */
final class JsonFramer implements Framer {
  static final String NAME = "jsonlog";
  static final String BAD_JSON = "no JSON object";

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonKey MESSAGE = new JsonKey("message");
  private static final JsonKey BACKEND_TYPE = new JsonKey("backend_type");
  private static final byte[] ARCHIVER = Ascii.bytes("archiver\"");

  private static final int HEAD_BYTES = 96;

  private final ServerMessage message;
  private final boolean serverMessages;
  private final ByteSlice backendType = new ByteSlice();
  private boolean user;

  JsonFramer(PipelineOptions options) {
    message = new ServerMessage(options);
    serverMessages = options.serverMessages();
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (text.isEmpty() || !serverMessages) {
      return;
    }
    if (text.byteAt(0) != '{') {
      handler.malformed(NAME, BAD_JSON, line.offsetBytes());
      return;
    }
    int at = MESSAGE.valueIn(text);
    if (at < 0) {
      // jsonlog leaves the key out where the message is empty.
      return;
    }
    if (mayMatter(line, at, handler)) {
      parse(line, handler);
    }
  }

  private boolean mayMatter(Line line, int from, RecordHandler handler) {
    ByteSlice text = line.text();
    int type = BACKEND_TYPE.valueIn(text);
    Writer writer =
        type >= 0 && text.startsWith(ARCHIVER, type) ? Writer.ARCHIVER : Writer.OTHER_PROCESS;
    message.begin(line.offsetBytes(), -1, writer);
    message.setHead(message.text, text, from, Math.min(text.length(), from + HEAD_BYTES));
    return handler.mayMatter(message);
  }

  private void parse(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    message.begin(line.offsetBytes(), -1, Writer.UNKNOWN);
    backendType.clear();
    user = false;
    try (JsonParser parser = FACTORY.createParser(text.array(), text.start(), text.length())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        keep(key, parser);
      }
      // The server writes one object a line: two, or a piece of one, are what is left of others.
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        handler.malformed(NAME, BAD_JSON, line.offsetBytes());
        return;
      }
    } catch (IOException e) {
      handler.malformed(NAME, BAD_JSON, line.offsetBytes());
      return;
    }
    message.writtenBy(writer());
    handler.record(message);
  }

  private void keep(String key, JsonParser parser) throws IOException {
    switch (key) {
      case "timestamp" -> message.set(message.time, parser.getText());
      case "user" -> user = !parser.getText().isEmpty();
      case "pid" -> message.writtenByProcess(parser.getValueAsLong(-1));
      case "error_severity" -> message.set(message.severity, parser.getText());
      case "state_code" -> message.set(message.sqlState, parser.getText());
      case "message" -> message.set(message.text, parser.getText());
      case "detail" -> message.set(message.detail, parser.getText());
      case "internal_query", "context" -> message.set(message.context, parser.getText());
      case "statement" -> message.set(message.statement, parser.getText());
      case "backend_type" -> {
        byte[] bytes = Ascii.bytes(parser.getText());
        backendType.wrap(bytes, 0, bytes.length);
      }
      default -> parser.skipChildren();
    }
  }

  private Writer writer() {
    if (!backendType.isEmpty()) {
      return BackendTypes.writer(backendType);
    }
    return user ? Writer.SESSION : Writer.SERVER;
  }

  @Override
  public void quiet(RecordHandler handler) {}

  @Override
  public void end(RecordHandler handler) {}

  @Override
  public long pendingOffsetBytes() {
    return LogParser.NOTHING_PENDING;
  }
}
