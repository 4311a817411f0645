/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.GivenOptions.Given;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The servers that {@code --pgdata}, {@code --log} and {@code --archive-status} name together. A
 * log or queue without a name belongs to the only server, else to {@code main}.
 */
final class OptionServers {
  private final GivenOptions given;
  private final Path base;
  private final Map<String, Path> dataDirectories = new LinkedHashMap<>();
  private final Map<String, Path> queues = new LinkedHashMap<>();
  private final Map<String, List<String>> logs = new LinkedHashMap<>();
  private final Set<String> names = new LinkedHashSet<>();

  private OptionServers(GivenOptions given, Path base) {
    this.given = given;
    this.base = base;
  }

  /**
   * Reads the three options.
   *
   * @param base what relative paths count from
   */
  static List<ServerConfig> read(GivenOptions given, Path base) throws ConfigException {
    return new OptionServers(given, base).servers();
  }

  private List<ServerConfig> servers() throws ConfigException {
    for (Given option : given.all(AgentOption.PGDATA)) {
      NamedValue value = option.parse(NamedValue::parse);
      Path directory = option.parse(text -> Values.path(base).parse(value.value()));
      String name = value.name().orElseGet(() -> ServerNames.of(directory));
      putOnce(dataDirectories, name, directory, option);
      names.add(name);
    }
    for (AgentOption option : List.of(AgentOption.ARCHIVE_STATUS, AgentOption.LOG)) {
      for (NamedValue value : given.each(option, NamedValue::parse)) {
        value.name().ifPresent(names::add);
      }
    }
    String unnamed = names.size() == 1 ? names.iterator().next() : ServerNames.DEFAULT;
    for (Given option : given.all(AgentOption.ARCHIVE_STATUS)) {
      NamedValue value = option.parse(NamedValue::parse);
      Path directory = option.parse(text -> Values.path(base).parse(value.value()));
      putOnce(queues, value.name().orElse(unnamed), directory, option);
    }
    for (Given option : given.all(AgentOption.LOG)) {
      NamedValue value = option.parse(NamedValue::parse);
      String glob = option.parse(text -> Values.glob(base).parse(value.value()));
      logs.computeIfAbsent(value.name().orElse(unnamed), name -> new ArrayList<>()).add(glob);
    }
    names.addAll(queues.keySet());
    names.addAll(logs.keySet());
    return names.stream().map(this::server).toList();
  }

  private static void putOnce(Map<String, Path> map, String name, Path path, Given option)
      throws ConfigException {
    if (map.putIfAbsent(name, path) != null) {
      throw new ConfigException(
          option.problem("is a second one for server " + name + ": write NAME=DIR"));
    }
  }

  private ServerConfig server(String name) {
    return new ServerConfig(
        name,
        Optional.ofNullable(dataDirectories.get(name)),
        Optional.ofNullable(queues.get(name)),
        Optional.ofNullable(logs.get(name)));
  }
}
