/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.YamlDocument;
import io.walwatch.agent.config.yaml.YamlMapping;
import io.walwatch.agent.config.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the configuration file. Relative paths in it count from its own directory. */
final class ConfigFileReader {
  private static final AgentConfig DEFAULT = AgentConfig.DEFAULT;

  private final Path directory;
  private final Catalog catalog;
  private final Optional<Path> plugins;

  private ConfigFileReader(Path directory, Catalog catalog, Optional<Path> plugins) {
    this.directory = directory;
    this.catalog = catalog;
    this.plugins = plugins;
  }

  /**
   * Reads a file.
   *
   * @param plugins the plug-in directory, where an option overrules the file
   */
  static AgentConfig read(Path file, String text, Catalog catalog, Optional<Path> plugins)
      throws ConfigException {
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a parent");
    YamlProblems problems = new YamlProblems(file.toString());
    Optional<AgentConfig> config =
        YamlDocument.open(text, problems)
            .map(new ConfigFileReader(parent, catalog, plugins)::config);
    List<String> messages = problems.messages();
    if (!messages.isEmpty()) {
      throw new ConfigException(messages);
    }
    return config.orElse(DEFAULT);
  }

  private AgentConfig config(YamlMapping root) {
    Path pluginDirectory =
        root.scalar("plugins", Values.path(directory)).orElse(DEFAULT.pluginDirectory());
    List<ServerConfig> servers = new ServerReader(directory).read(root);
    AgentConfig config =
        new AgentConfig(
            root.oneOrMore("listen", ListenAddress::parse).orElse(DEFAULT.listen()),
            root.scalar("web_config", Values.path(directory)),
            root.scalar("state_directory", Values.path(directory)).orElse(DEFAULT.stateDirectory()),
            pluginDirectory,
            servers,
            !root.has("servers") || !servers.isEmpty(),
            new SourceReader(
                    directory,
                    servers,
                    catalog.framings(),
                    catalog.parsers(plugins.orElse(pluginDirectory)))
                .read(root),
            new BackupReader(
                    directory, servers, catalog.backupProviders(plugins.orElse(pluginDirectory)))
                .read(root),
            jobs(root),
            root.mapping("limits").map(ConfigFileReader::limits).orElse(Limits.DEFAULT),
            false,
            root.scalar("http_reload", Values::flag).orElse(DEFAULT.httpReload()));
    root.refuseUnknownKeys();
    return config;
  }

  private static List<JobConfig> jobs(YamlMapping root) {
    Set<String> names = new HashSet<>();
    return root.mappings("jobs").stream()
        .flatMap(
            job -> {
              Optional<String> name = uniqueName(job, names, "jobs");
              var every = job.required("every", Durations.between("1m", "400d"));
              job.refuseUnknownKeys();
              return name.flatMap(n -> every.map(e -> new JobConfig(n, e))).stream();
            })
        .toList();
  }

  private static Limits limits(YamlMapping limits) {
    Limits read =
        new Limits(
            limits
                .scalar("push_timeout", Durations.between("1s", "7d"))
                .orElse(Limits.DEFAULT.pushTimeout()),
            limits
                .scalar("line", Sizes.between("1KiB", "16MiB"))
                .map(Math::toIntExact)
                .orElse(Limits.DEFAULT.lineBytes()),
            limits.scalar("catch_up", Sizes.limit("1MiB")).orElse(OptionalLong.empty()));
    limits.refuseUnknownKeys();
    return read;
  }

  /** The name of one of several, which no other of them has. */
  static Optional<String> uniqueName(YamlMapping mapping, Set<String> names, String among) {
    Optional<String> name = mapping.required("name", Values::name);
    if (name.isPresent() && !names.add(name.get())) {
      mapping.refuse("name", "is given twice among the " + among);
    }
    return name;
  }
}
