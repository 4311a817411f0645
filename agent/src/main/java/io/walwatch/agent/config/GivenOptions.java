/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.ValueParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options and, where one is not given, its environment variable. A variable that is empty counts as
 * not set. In a variable of a repeatable option commas and blanks separate the values; a value that
 * holds either has to be given as an option or in the file.
 */
final class GivenOptions {
  private final CommandLineOptions options;
  private final Map<String, String> environment;

  GivenOptions(CommandLineOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = Map.copyOf(environment);
  }

  /**
   * One value.
   *
   * @param origin the option or variable that it comes from, for messages
   */
  record Given(String origin, String text) {
    <T> T parse(ValueParser<T> parser) throws ConfigException {
      try {
        return parser.parse(text);
      } catch (InvalidValueException e) {
        throw new ConfigException(problem(e.rule()));
      }
    }

    String problem(String rule) {
      return origin + ": \"" + text + "\" " + rule;
    }
  }

  List<Given> all(AgentOption option) {
    List<String> given = options.get(option);
    if (!given.isEmpty()) {
      return given.stream().map(text -> new Given(option.flag(), text)).toList();
    }
    String value = environment.getOrDefault(option.variable(), "").strip();
    if (value.isEmpty()) {
      return List.of();
    }
    List<String> texts = option.isRepeatable() ? List.of(value.split("[,\\s]+")) : List.of(value);
    return texts.stream()
        .filter(text -> !text.isEmpty())
        .map(text -> new Given(option.variable(), text))
        .toList();
  }

  <T> Optional<T> one(AgentOption option, ValueParser<T> parser) throws ConfigException {
    List<Given> given = all(option);
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.get(given.size() - 1).parse(parser));
  }

  <T> List<T> each(AgentOption option, ValueParser<T> parser) throws ConfigException {
    List<T> parsed = new ArrayList<>();
    for (Given given : all(option)) {
      parsed.add(given.parse(parser));
    }
    return parsed;
  }
}
