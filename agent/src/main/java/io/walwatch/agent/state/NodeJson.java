/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walwatch.parse.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes to JSON and back. */
final class NodeJson {
  private static final JsonFactory JSON = new JsonFactory();

  private NodeJson() {}

  static byte[] write(Node node) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writeValue(out, node.values());
    }
    return bytes.toByteArray();
  }

  /** Reads one JSON object; throws IOException for anything else. */
  static Node read(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser in = JSON.createParser(bytes, offset, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      return new Node(readObject(in));
    }
  }

  private static void writeValue(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(Texts.whole((String) entry.getKey()));
        writeValue(out, entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object item : list) {
        writeValue(out, item);
      }
      out.writeEndArray();
    } else {
      writeScalar(out, value);
    }
  }

  private static void writeScalar(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else {
      out.writeString(Texts.whole((String) value));
    }
  }

  private static Map<String, Object> readObject(JsonParser in) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      Object value = readValue(in, in.nextToken());
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }

  private static List<Object> readArray(JsonParser in) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      Object value = readValue(in, token);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private static @Nullable Object readValue(JsonParser in, @Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new IOException("the JSON ends too early");
    }
    return switch (token) {
      case START_OBJECT -> readObject(in);
      case START_ARRAY -> readArray(in);
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}
