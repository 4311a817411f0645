/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The options that were given, as text and in their order. Immutable. */
public final class CommandLineOptions {
  public static final CommandLineOptions NONE =
      new CommandLineOptions(new EnumMap<>(AgentOption.class));

  private final Map<AgentOption, List<String>> values;

  private CommandLineOptions(Map<AgentOption, List<String>> values) {
    this.values = values;
  }

  /** These options and more values of one. */
  public CommandLineOptions with(AgentOption option, Collection<String> more) {
    Map<AgentOption, List<String>> all = new EnumMap<>(AgentOption.class);
    all.putAll(values);
    List<String> both = new ArrayList<>(get(option));
    both.addAll(more);
    all.put(option, List.copyOf(both));
    return new CommandLineOptions(all);
  }

  /**
   * These options and one more value; a switch such as {@link AgentOption#FROM_START} takes {@code
   * true}.
   */
  public CommandLineOptions with(AgentOption option, String value) {
    return with(option, List.of(value));
  }

  /** The values of an option; none where it was not given. */
  public List<String> get(AgentOption option) {
    return values.getOrDefault(option, List.of());
  }
}
