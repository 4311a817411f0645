/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a checkpoint: names and values, as JSON has them. Reading is lenient: what is not there
 * or of another type is the default, so that an older format needs no code of its own.
 */
public final class Node {
  private final Map<String, Object> values;

  /** Holds nothing yet. */
  public Node() {
    this(new LinkedHashMap<>());
  }

  Node(Map<String, Object> values) {
    this.values = values;
  }

  Map<String, Object> values() {
    return values;
  }

  /** What it holds, in the order in which it was put. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Puts a value in the place of one of the same name. Returns itself, as all of these do. */
  public Node put(String name, long value) {
    values.put(name, value);
    return this;
  }

  public Node put(String name, double value) {
    values.put(name, value);
    return this;
  }

  public Node put(String name, boolean value) {
    values.put(name, value);
    return this;
  }

  /** Leaves the name out when the value is null. */
  public Node put(String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  public Node put(String name, OptionalLong value) {
    value.ifPresent(present -> values.put(name, present));
    return this;
  }

  public Node put(String name, Node value) {
    values.put(name, value.values);
    return this;
  }

  /** A list of numbers, strings or nodes. */
  public Node put(String name, List<?> list) {
    values.put(
        name, list.stream().map(item -> item instanceof Node node ? node.values : item).toList());
    return this;
  }

  /** Adds an empty part, and returns it. */
  public Node add(String name) {
    Node child = new Node();
    values.put(name, child.values);
    return child;
  }

  public long longAt(String name, long otherwise) {
    return values.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  public OptionalLong longAt(String name) {
    return values.get(name) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  public double doubleAt(String name, double otherwise) {
    return values.get(name) instanceof Number number ? number.doubleValue() : otherwise;
  }

  public boolean booleanAt(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  public @Nullable String stringAt(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  /** The part of that name; an empty one when there is none. */
  public Node at(String name) {
    return nodeOf(values.get(name));
  }

  public List<Node> nodesAt(String name) {
    return listAt(name).stream().filter(Map.class::isInstance).map(Node::nodeOf).toList();
  }

  public List<Long> longsAt(String name) {
    return listAt(name).stream()
        .filter(Number.class::isInstance)
        .map(item -> ((Number) item).longValue())
        .toList();
  }

  public List<String> stringsAt(String name) {
    return listAt(name).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  private List<?> listAt(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Node nodeOf(@Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> copy.put((String) name, item));
    }
    return new Node(copy);
  }
}
