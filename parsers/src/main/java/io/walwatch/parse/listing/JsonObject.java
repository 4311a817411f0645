/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.MalformedListException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document. What must be there and is not, or is of another type, is an error
 * that names the place: a tool that changed its format must not pass for one without backups.
 */
public final class JsonObject {
  private final String place;
  private final Map<String, Object> values;

  private JsonObject(String place, Map<String, Object> values) {
    this.place = place;
    this.values = values;
  }

  static JsonObject of(String place, @Nullable Object value) throws MalformedListException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new MalformedListException(place + " is no JSON object");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach((key, item) -> values.put((String) key, item));
    return new JsonObject(place, values);
  }

  static List<JsonObject> objectsOf(String place, List<?> list) throws MalformedListException {
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (Object item : list) {
      objects.add(of(place, item));
    }
    return objects;
  }

  /** Whether there is a value, of any type, which is not null. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether there is a list, of objects or of anything. */
  public boolean isList(String key) {
    return values.get(key) instanceof List<?>;
  }

  /** The names of all values that were wanted, in the order of the document. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** A text that must be there. */
  public String text(String key) throws MalformedListException {
    return optionalText(key).orElseThrow(() -> missing(key));
  }

  /** A text; absent where it is empty, null or not there. */
  public Optional<String> optionalText(String key) throws MalformedListException {
    Object value = values.get(key);
    if (value != null && !(value instanceof String)) {
      throw new MalformedListException(place + ": \"" + key + "\" is no text");
    }
    return Optional.ofNullable((String) value).filter(text -> !text.isEmpty());
  }

  /** As {@link #optionalNumber}, of one that must be there. */
  public long number(String key) throws MalformedListException {
    return optionalNumber(key).orElseThrow(() -> missing(key));
  }

  /**
   * A whole number, also one that is written as text; absent where it is empty, null or not there.
   * A JSON number may have a fraction, which is cut off: Azure's percentages have one, and 99.9 is
   * not yet 100. A text with one is refused, as is what no long holds.
   */
  public OptionalLong optionalNumber(String key) throws MalformedListException {
    Object value = values.get(key);
    if (value == null || "".equals(value)) {
      return OptionalLong.empty();
    }
    try {
      if (value instanceof String text) {
        return OptionalLong.of(Long.parseLong(text));
      }
      if (value instanceof BigDecimal number && number.abs().doubleValue() < 0x1p63) {
        return OptionalLong.of(number.longValue());
      }
    } catch (NumberFormatException ignored) {
      // Said below.
    }
    throw new MalformedListException(place + ": \"" + key + "\" is no whole number");
  }

  /** A size that must be there. */
  public long size(String key) throws MalformedListException {
    return optionalSize(key).orElseThrow(() -> missing(key));
  }

  /** A size, which is not negative. */
  public OptionalLong optionalSize(String key) throws MalformedListException {
    OptionalLong size = optionalNumber(key);
    if (size.isPresent() && size.getAsLong() < 0) {
      throw new MalformedListException(place + ": \"" + key + "\" is no size");
    }
    return size;
  }

  /** Whether there is {@code true}: anything else, and nothing at all, is false. */
  public boolean flag(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  /** An object that must be there. */
  public JsonObject object(String key) throws MalformedListException {
    if (!has(key)) {
      throw missing(key);
    }
    return of(key, values.get(key));
  }

  /** An object; absent where it is null or not there. */
  public Optional<JsonObject> optionalObject(String key) throws MalformedListException {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /** A list of objects that must be there. */
  public List<JsonObject> objects(String key) throws MalformedListException {
    if (!(values.get(key) instanceof List<?> list)) {
      throw missing(key);
    }
    return objectsOf(key, list);
  }

  private MalformedListException missing(String key) {
    return new MalformedListException(
        place + " has no \"" + key + "\": the tool's format is not the one that is known");
  }
}
