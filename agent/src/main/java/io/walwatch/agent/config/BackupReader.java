/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.config.yaml.YamlMapping;
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

/** Reads {@code backups} of the configuration file. */
final class BackupReader {
  private static final Map<String, BackupProvider> PROVIDERS = BackupProvider.byName();

  private final Path directory;
  private final Set<String> names = new HashSet<>();

  BackupReader(Path directory) {
    this.directory = directory;
  }

  List<BackupConfig> read(YamlMapping root) {
    return root.mappings("backups").stream().flatMap(backup -> backup(backup).stream()).toList();
  }

  private Optional<BackupConfig> backup(YamlMapping backup) {
    Optional<String> name = ConfigFileReader.uniqueName(backup, names, "backups");
    Optional<BackupProvider> provider =
        backup
            .required("provider", Values.oneOf(PROVIDERS.keySet(), "provider"))
            .map(PROVIDERS::get);
    List<String> command = backup.oneOrMore("command", text -> text).orElse(List.of());
    if (!command.isEmpty() && command.get(0).isBlank()) {
      backup.refuse("command", "names no program");
    }
    Map<String, String> properties = properties(backup);
    provider.ifPresent(known -> checkKeys(backup, known));
    Duration every = duration(backup, "every", "10s", "31d", BackupConfig.DEFAULT_EVERY);
    Duration timeout = duration(backup, "timeout", "1s", "1d", BackupConfig.DEFAULT_TIMEOUT);
    Expectation expect =
        backup.mapping("expect").map(BackupReader::expectation).orElse(Expectation.NONE);
    backup.refuseUnknownKeys();
    return name.flatMap(
        n ->
            provider.map(p -> new BackupConfig(n, p, command, properties, every, timeout, expect)));
  }

  private static Duration duration(
      YamlMapping backup, String key, String least, String most, Duration fallback) {
    return backup.scalar(key, Durations.between(least, most)).orElse(fallback);
  }

  private Map<String, String> properties(YamlMapping backup) {
    Map<String, String> properties = new TreeMap<>();
    for (String key : ownKeys()) {
      backup
          .scalar(key, key.equals("files") ? Values.glob(directory) : Values::text)
          .ifPresent(value -> properties.put(key, value));
    }
    return properties;
  }

  private static void checkKeys(YamlMapping backup, BackupProvider provider) {
    for (String key : provider.requiredKeys()) {
      if (!backup.has(key)) {
        backup.refuse("provider", "needs the key \"" + key + "\"");
      }
    }
    Set<String> foreign = ownKeys();
    foreign.add("command");
    provider.requiredKeys().forEach(foreign::remove);
    provider.optionalKeys().forEach(foreign::remove);
    for (String key : foreign) {
      if (backup.has(key)) {
        backup.refuse(key, "does not belong to provider " + provider.providerName());
      }
    }
  }

  /** The keys that only some providers have. */
  private static Set<String> ownKeys() {
    Set<String> keys = new TreeSet<>();
    for (BackupProvider provider : PROVIDERS.values()) {
      keys.addAll(provider.requiredKeys());
      keys.addAll(provider.optionalKeys());
    }
    keys.remove("command");
    return keys;
  }

  private static Expectation expectation(YamlMapping expect) {
    Optional<Duration> every = expect.scalar("every", Durations.between("1m", "400d"));
    Optional<Long> minSize = expect.scalar("min_size", Sizes::parse);
    expect.refuseUnknownKeys();
    return new Expectation(every, minSize.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
