/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.ValueParser;
import io.walwatch.agent.config.yaml.YamlMapping;
import io.walwatch.parse.BackupListParserProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code backups} of the configuration file. */
final class BackupReader {
  private static final String COMMAND = "command";

  private final Path directory;
  private final Set<String> servers;
  private final Map<String, BackupKeys> providers;
  private final Set<String> names = new HashSet<>();

  BackupReader(Path directory, List<ServerConfig> servers, Map<String, BackupKeys> providers) {
    this.directory = directory;
    this.servers = servers.stream().map(ServerConfig::name).collect(Collectors.toSet());
    this.providers = providers;
  }

  List<BackupConfig> read(YamlMapping root) {
    return root.mappings("backups").stream().flatMap(backup -> backup(backup).stream()).toList();
  }

  private Optional<BackupConfig> backup(YamlMapping backup) {
    Optional<String> name = ConfigFileReader.uniqueName(backup, names, "backups");
    Optional<String> provider =
        backup.required("provider", Values.oneOf(providers.keySet(), "provider"));
    List<String> command = backup.oneOrMore(COMMAND, text -> text).orElse(List.of());
    if (!command.isEmpty() && command.get(0).isBlank()) {
      backup.refuse(COMMAND, "names no program");
    }
    Map<String, String> properties = properties(backup);
    provider.ifPresent(known -> checkKeys(backup, known, keysOf(known)));
    Duration every = duration(backup, "every", "10s", "31d", BackupConfig.DEFAULT_EVERY);
    Duration timeout = duration(backup, "timeout", "1s", "1d", BackupConfig.DEFAULT_TIMEOUT);
    boolean byTimer =
        backup
            .scalar("listed_by", Values.oneOf(Set.of("agent", "timer"), "way to list"))
            .filter("timer"::equals)
            .isPresent();
    Optional<String> server = server(backup);
    Expectation expect =
        backup.mapping("expect").map(BackupReader::expectation).orElse(Expectation.NONE);
    backup.refuseUnknownKeys();
    return name.flatMap(
        n ->
            provider.map(
                p ->
                    new BackupConfig(
                        n, p, command, properties, every, timeout, byTimer, server, expect)));
  }

  /** With servers found on the host their names are not known here. */
  private Optional<String> server(YamlMapping backup) {
    return backup.scalar(
        "of_server", servers.isEmpty() ? Values::name : Values.oneOf(servers, "configured server"));
  }

  private static Duration duration(
      YamlMapping backup, String key, String least, String most, Duration fallback) {
    return backup.scalar(key, Durations.between(least, most)).orElse(fallback);
  }

  private Map<String, String> properties(YamlMapping backup) {
    Map<String, String> properties = new TreeMap<>();
    for (String key : ownKeys()) {
      backup.scalar(key, valueOf(key)).ifPresent(value -> properties.put(key, value));
    }
    return properties;
  }

  private ValueParser<String> valueOf(String key) {
    return switch (key) {
      case "files" -> Values.glob(directory);
      case BackupListParserProvider.WAL_SEGMENT_SIZE -> BackupReader::segmentSize;
      default -> Values::text;
    };
  }

  private static String segmentSize(String text) throws InvalidValueException {
    long bytes = Sizes.parse(text);
    if (!WalGeometry.isSegmentSize(bytes)) {
      throw new InvalidValueException("is no WAL segment size: a power of two, 1MiB to 1GiB");
    }
    return Long.toString(bytes);
  }

  private void checkKeys(YamlMapping backup, String provider, BackupKeys keys) {
    for (String key : new TreeSet<>(keys.required())) {
      if (!backup.has(key)) {
        backup.refuse("provider", "needs the key \"" + key + "\"");
      }
    }
    Set<String> foreign = ownKeys();
    foreign.add(COMMAND);
    foreign.removeAll(keys.all());
    for (String key : foreign) {
      if (backup.has(key)) {
        backup.refuse(key, "does not belong to provider " + provider);
      }
    }
  }

  private BackupKeys keysOf(String provider) {
    return providers.getOrDefault(provider, new BackupKeys(Set.of(), Set.of()));
  }

  /** The keys that only some providers have. */
  private Set<String> ownKeys() {
    Set<String> keys = new TreeSet<>();
    providers.values().forEach(provider -> keys.addAll(provider.all()));
    keys.remove(COMMAND);
    return keys;
  }

  private static Expectation expectation(YamlMapping expect) {
    Optional<Duration> every = expect.scalar("every", Durations.between("1m", "400d"));
    Optional<Long> minSize = expect.scalar("min_size", Sizes::parse);
    Optional<Duration> retention = expect.scalar("retention", Durations.between("1h", "4000d"));
    expect.refuseUnknownKeys();
    return new Expectation(
        every, minSize.map(OptionalLong::of).orElse(OptionalLong.empty()), retention);
  }
}
