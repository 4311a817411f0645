/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** JSON and YAML as plain maps and lists. */
public final class Json {
  private Json() {}

  /** The document. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parse(String text) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(64 << 20).build();
    return (Map<String, Object>) new Load(settings).loadFromString(text);
  }

  /** The map under a key; an empty one when it is not there. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.getOrDefault(key, Map.of());
  }

  /** The list of maps under a key; none when it is not there. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> maps(Map<String, Object> map, String key) {
    return (List<Map<String, Object>>) map.getOrDefault(key, List.of());
  }

  /** The text under a key; empty when it is not there. */
  public static String text(Map<String, Object> map, String key) {
    return String.valueOf(map.getOrDefault(key, ""));
  }

  /** The whole number under a key, which has to be there. */
  public static long number(Map<String, Object> map, String key) {
    return ((Number) Objects.requireNonNull(map.get(key), key)).longValue();
  }
}
