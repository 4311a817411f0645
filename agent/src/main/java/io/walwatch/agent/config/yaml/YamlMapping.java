/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a document. Each key that is asked for becomes a known one; {@link
 * #refuseUnknownKeys()} turns the others into problems. A value that is wrong is a problem, and for
 * the caller it is absent.
 */
public final class YamlMapping {
  private final String path;
  private final MappingNode node;
  private final YamlProblems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, ScalarNode> keys = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  YamlMapping(String path, MappingNode node, YamlProblems problems) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    node.getValue().forEach(this::enter);
  }

  static YamlMapping empty(YamlProblems problems) {
    return new YamlMapping("", new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK), problems);
  }

  private void enter(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(tuple.getKeyNode().getStartMark(), "a key must be a name");
    } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
      problems.add(key.getStartMark(), name(key.getValue()) + " is given twice");
    } else {
      keys.put(key.getValue(), key);
    }
  }

  /** Whether the key stands there, with whatever value. */
  public boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** One value. */
  public <T> Optional<T> scalar(String key, ValueParser<T> parser) {
    return find(key).flatMap(value -> parse(key, value, parser));
  }

  /** One value that must be there. */
  public <T> Optional<T> required(String key, ValueParser<T> parser) {
    if (!has(key)) {
      problems.add(node.getStartMark(), name(key) + " is missing");
    }
    return scalar(key, parser);
  }

  /** A list of values; a single value counts as a list of one. */
  public <T> Optional<List<T>> scalars(String key, ValueParser<T> parser) {
    return find(key).map(value -> parseAll(key, value, parser));
  }

  /** As {@link #scalars}, but a list of nothing is a problem. */
  public <T> Optional<List<T>> oneOrMore(String key, ValueParser<T> parser) {
    if (values.get(key) instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
      refuse(key, "is empty: at least one is needed");
    }
    return scalars(key, parser);
  }

  /** A nested mapping. */
  public Optional<YamlMapping> mapping(String key) {
    return find(key).flatMap(value -> nested(key, value));
  }

  /** A list of mappings; empty where the key is absent. */
  public List<YamlMapping> mappings(String key) {
    List<YamlMapping> found = new ArrayList<>();
    Node value = find(key).orElse(null);
    if (value instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> nested(key, item).ifPresent(found::add));
    } else if (value != null) {
      problems.add(value.getStartMark(), name(key) + " must be a list, not " + kind(value));
    }
    return found;
  }

  /** Makes the key's value a problem; {@code rule} is worded to follow the value. */
  public void refuse(String key, String rule) {
    Node value = values.get(key);
    if (value == null) {
      problems.add(node.getStartMark(), (path.isEmpty() ? "the file" : path) + " " + rule);
    } else if (value instanceof ScalarNode scalar) {
      problems.add(value.getStartMark(), name(key) + ": " + quote(scalar.getValue()) + " " + rule);
    } else {
      problems.add(value.getStartMark(), name(key) + " " + rule);
    }
  }

  /** The same where the value must not stand in a message. */
  public void refuseSecret(String key, String rule) {
    Node value = values.get(key);
    problems.add(
        value == null ? node.getStartMark() : value.getStartMark(), name(key) + " " + rule);
  }

  /** All keys that stand there, in the order of the document. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** Makes this whole mapping a problem. */
  public void refuse(String rule) {
    problems.add(node.getStartMark(), (path.isEmpty() ? "the file" : path) + " " + rule);
  }

  /** To be called last: every key that nobody asked for is a problem. */
  public void refuseUnknownKeys() {
    keys.forEach(
        (name, key) -> {
          if (!known.contains(name)) {
            String help = Suggestion.forName(name, known);
            problems.add(key.getStartMark(), "unknown key " + quote(name) + inPath() + ": " + help);
          }
        });
  }

  private Optional<Node> find(String key) {
    known.add(key);
    Node value = values.get(key);
    if (value instanceof ScalarNode scalar && isNull(scalar)) {
      problems.add(value.getStartMark(), name(key) + " has no value");
      return Optional.empty();
    }
    return Optional.ofNullable(value);
  }

  private static boolean isNull(ScalarNode scalar) {
    return scalar.isPlain() && Set.of("", "~", "null", "Null", "NULL").contains(scalar.getValue());
  }

  private Optional<YamlMapping> nested(String key, Node value) {
    if (value instanceof MappingNode mapping) {
      return Optional.of(new YamlMapping(name(key), mapping, problems));
    }
    problems.add(
        value.getStartMark(),
        name(key) + " must be a mapping of keys to values, not " + kind(value));
    return Optional.empty();
  }

  private <T> List<T> parseAll(String key, Node value, ValueParser<T> parser) {
    List<Node> items = value instanceof SequenceNode list ? list.getValue() : List.of(value);
    List<T> found = new ArrayList<>();
    items.forEach(item -> parse(key, item, parser).ifPresent(found::add));
    return found;
  }

  private <T> Optional<T> parse(String key, Node value, ValueParser<T> parser) {
    if (!(value instanceof ScalarNode scalar)) {
      problems.add(value.getStartMark(), name(key) + " must be one value, not " + kind(value));
      return Optional.empty();
    }
    if (isNull(scalar)) {
      problems.add(value.getStartMark(), name(key) + " has no value");
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(scalar.getValue()));
    } catch (InvalidValueException e) {
      problems.add(
          value.getStartMark(), name(key) + ": " + quote(scalar.getValue()) + " " + e.rule());
      return Optional.empty();
    }
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String inPath() {
    return path.isEmpty() ? "" : " in " + path;
  }

  private static String kind(@Nullable Node value) {
    if (value instanceof MappingNode) {
      return "a mapping";
    }
    return value instanceof ScalarNode scalar ? quote(scalar.getValue()) : "a list";
  }

  private static String quote(String text) {
    return "\"" + text.replace("\r", "\\r").replace("\n", "\\n") + "\"";
  }
}
