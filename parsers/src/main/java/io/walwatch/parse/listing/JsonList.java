/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document and keeps only what is wanted of it. Memory is bounded: a document with
 * more values than any listing has is refused.
 */
public final class JsonList {
  /** A listing has about ten values that matter for each backup. */
  private static final int MAX_VALUES = 100_000;

  private static final int MAX_DEPTH = 40;
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser in;
  private final Predicate<String> wanted;
  private int values;

  private JsonList(JsonParser in, Predicate<String> wanted) {
    this.in = in;
    this.wanted = wanted;
  }

  /**
   * The document that begins in some line of this output: tools print warnings before it.
   *
   * @param wanted keys of which the values are kept, at any depth
   * @return the objects of the outermost array; or the outermost object alone
   * @throws MalformedListException when there is none, or none that is whole
   */
  public static List<JsonObject> read(InputStream output, Predicate<String> wanted)
      throws IOException {
    InputStream document = JsonStart.find(output);
    try (JsonParser in = JSON.createParser(document)) {
      in.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      Object value = new JsonList(in, wanted).value(in.nextToken(), 0);
      return value instanceof List<?> list
          ? JsonObject.objectsOf("the list", list)
          : List.of(JsonObject.of("the list", value));
    } catch (JsonProcessingException e) {
      throw new MalformedListException("the JSON is broken: " + e.getOriginalMessage());
    } catch (NumberFormatException e) {
      // Of an exponent of more than ten digits, which is well formed.
      throw new MalformedListException("the JSON holds a number that is beyond all measure");
    }
  }

  private @Nullable Object value(@Nullable JsonToken token, int depth) throws IOException {
    if (token == null) {
      throw new MalformedListException("the JSON ends too early");
    }
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw new MalformedListException("the JSON holds more than any list of backups");
    }
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, VALUE_NULL ->
          null;
    };
  }

  private Map<String, Object> object(int depth) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken token = in.nextToken();
      if (wanted.test(name)) {
        Object value = value(token, depth + 1);
        if (value != null) {
          map.put(name, value);
        }
      } else {
        in.skipChildren();
      }
    }
    return map;
  }

  private List<Object> array(int depth) throws IOException {
    List<Object> list = new ArrayList<>();
    JsonToken token = in.nextToken();
    while (token != JsonToken.END_ARRAY) {
      Object value = value(token, depth + 1);
      if (value != null) {
        list.add(value);
      }
      token = in.nextToken();
    }
    return list;
  }
}
