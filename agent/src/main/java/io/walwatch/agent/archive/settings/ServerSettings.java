/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one server as its files say: {@code postgresql.conf} with what it includes, then
 * {@code postgresql.auto.conf}, then the command line of the last start ({@code postmaster.opts}).
 * Immutable; any thread.
 *
 * <p>Only what is written there is known: a setting left at PostgreSQL's default is absent, and an
 * absent setting means the default only where {@link #isComplete()}. A change that still waits for
 * a reload or restart cannot be told from one that is in force.
 */
public final class ServerSettings {
  private final Map<String, String> values;
  private final Optional<Path> configFile;
  private final List<Path> files;
  private final List<Path> lookedAt;
  private final List<String> problems;
  private final boolean complete;

  private ServerSettings(
      Map<String, String> values, Optional<Path> configFile, HostFiles hostFiles) {
    this.values = Map.copyOf(values);
    this.configFile = configFile;
    this.files = List.copyOf(hostFiles.read());
    this.lookedAt = hostFiles.lookedAt();
    this.problems = List.copyOf(hostFiles.problems());
    this.complete = hostFiles.allRead();
  }

  /** Reads what can be read now. Never throws; see {@link #problems()}. */
  public static ServerSettings read(Path dataDirectory) {
    return read(dataDirectory, Path.of("/"));
  }

  /**
   * Reads a server of a file tree that is mounted somewhere.
   *
   * @param dataDirectory where it lies for this process
   * @param root what the server's own absolute names, such as {@code config_file}, count from
   */
  public static ServerSettings read(Path dataDirectory, Path root) {
    Path directory = dataDirectory.toAbsolutePath();
    HostFiles files = new HostFiles(root);
    PostmasterOptions options =
        files
            .text(directory.resolve("postmaster.opts"))
            .map(PostmasterOptions::parse)
            .orElse(PostmasterOptions.NONE);
    Optional<Path> configFile = new ConfigFileFinder(files, directory).find(options);
    Map<String, String> values = new HashMap<>();
    SettingsReader reader = new SettingsReader(files, values);
    if (configFile.isPresent()) {
      reader.read(configFile.get());
    } else {
      files.unread(directory, "has no postgresql.conf that can be found");
    }
    reader.read(directory.resolve("postgresql.auto.conf"));
    values.putAll(options.settings());
    return new ServerSettings(values, configFile, files);
  }

  /** The value of a setting, its name in any case; empty where it is not set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * A setting that is on or off, in any form that PostgreSQL takes ({@code on}, {@code yes}, {@code
   * t}, {@code 1}, …); empty where it is not set or none of these.
   */
  public Optional<Boolean> getBoolean(String name) {
    return get(name).flatMap(ServerSettings::parseBoolean);
  }

  /** The main configuration file, where one was found. */
  public Optional<Path> configFile() {
    return configFile;
  }

  /** The files that were read, in order; {@code postmaster.opts} is one of them. */
  public List<Path> files() {
    return files;
  }

  /**
   * Every file and directory that was looked at, there or not: while none of them changes, reading
   * again would lead to the same.
   */
  public List<Path> lookedAt() {
    return lookedAt;
  }

  /** What could not be read or understood, one line each. */
  public List<String> problems() {
    return problems;
  }

  /** Whether every file was found and read; a line that was not understood does not count. */
  public boolean isComplete() {
    return complete;
  }

  /** PostgreSQL's parse_bool: any beginning that leaves no doubt. */
  private static Optional<Boolean> parseBoolean(String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty() || text.equals("o")) {
      return Optional.empty();
    }
    if (text.equals("1") || isOneOf(text, "true", "yes", "on")) {
      return Optional.of(true);
    }
    return text.equals("0") || isOneOf(text, "false", "no", "off")
        ? Optional.of(false)
        : Optional.empty();
  }

  private static boolean isOneOf(String text, String... words) {
    return List.of(words).stream().anyMatch(word -> word.startsWith(text));
  }
}
