/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the configuration together: option before environment before file before default.
 *
 * <p>What is watched is one matter: as soon as an option or variable names a data directory, a log
 * or a queue, {@code servers} and {@code sources} of the file are left out.
 */
public final class ConfigLoader {
  /** More than a host's thousand servers need; what is larger is a log or a dump. */
  private static final long MAX_BYTES = 8 << 20;

  /** Read where it exists and no other is named. */
  public static final Path DEFAULT_FILE = Path.of("/etc/walwatch/walwatch.yml");

  private final Path defaultFile;
  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final Catalog catalog;

  public ConfigLoader(Map<String, String> environment, Catalog catalog) {
    this(DEFAULT_FILE, Path.of("").toAbsolutePath(), environment, catalog);
  }

  /**
   * A loader for another place.
   *
   * @param workingDirectory what relative paths in options and environment count from
   */
  public ConfigLoader(
      Path defaultFile, Path workingDirectory, Map<String, String> environment, Catalog catalog) {
    this.defaultFile = defaultFile;
    this.workingDirectory = workingDirectory;
    this.environment = Map.copyOf(environment);
    this.catalog = catalog;
  }

  /** Reads everything anew. */
  public AgentConfig load(CommandLineOptions options) throws ConfigException {
    GivenOptions given = new GivenOptions(options, environment);
    Optional<Path> named = given.one(AgentOption.CONFIG, Values.path(workingDirectory));
    Optional<Path> plugins = path(given, AgentOption.PLUGINS);
    AgentConfig file = readFile(named, plugins);
    List<ListenAddress> listen = given.each(AgentOption.LISTEN, ListenAddress::parse);
    List<ServerConfig> servers = OptionServers.read(given, workingDirectory);
    return new AgentConfig(
        listen.isEmpty() ? file.listen() : listen,
        path(given, AgentOption.WEB_CONFIG).or(file::webConfig),
        path(given, AgentOption.STATE_DIR).orElse(file.stateDirectory()),
        plugins.orElse(file.pluginDirectory()),
        servers.isEmpty() ? file.servers() : servers,
        file.discovery(),
        servers.isEmpty() ? file.sources() : List.of(),
        file.backups(),
        file.jobs(),
        file.limits(),
        given.one(AgentOption.FROM_START, Values::flag).orElse(file.fromStart()),
        given.one(AgentOption.HTTP_RELOAD, Values::flag).orElse(file.httpReload()));
  }

  private Optional<Path> path(GivenOptions given, AgentOption option) throws ConfigException {
    return given.one(option, Values.path(workingDirectory));
  }

  private AgentConfig readFile(Optional<Path> named, Optional<Path> plugins)
      throws ConfigException {
    Path file = named.orElse(defaultFile);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(
            "the configuration file " + file + " is larger than 8 MiB: is it the right one?");
      }
      return ConfigFileReader.read(file, Files.readString(file), catalog, plugins);
    } catch (NoSuchFileException ignored) {
      if (named.isEmpty()) {
        return AgentConfig.DEFAULT;
      }
      throw new ConfigException("the configuration file " + file + " does not exist");
    } catch (AccessDeniedException ignored) {
      throw new ConfigException(
          "the configuration file " + file + " cannot be read: permission denied");
    } catch (CharacterCodingException ignored) {
      throw new ConfigException("the configuration file " + file + " is not UTF-8");
    } catch (IOException e) {
      throw new ConfigException(
          "the configuration file " + file + " cannot be read: " + e.getMessage());
    }
  }
}
