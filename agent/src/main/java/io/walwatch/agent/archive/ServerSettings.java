/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a server, from its files: {@code postgresql.conf} with what it includes, {@code
 * postgresql.auto.conf} over it, and over both the command line that {@code postmaster.opts}
 * recorded. What waits for a restart cannot be told from what is in force.
 */
public final class ServerSettings {
  /** guc-file.l allows ten. */
  private static final int MAX_DEPTH = 10;

  private static final int MAX_FILES = 1_000;
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern LONG_OPTION = Pattern.compile("--([^=]+)=(.*)", Pattern.DOTALL);

  private final Map<String, String> values = new HashMap<>();
  private final List<Path> files = new ArrayList<>();

  private ServerSettings() {}

  /**
   * Reads them.
   *
   * @throws IOException when the main file cannot be read
   */
  public static ServerSettings read(Path dataDirectory) throws IOException {
    ServerSettings settings = new ServerSettings();
    Map<String, String> options = settings.commandLine(dataDirectory.resolve("postmaster.opts"));
    Path main = dataDirectory.resolve(options.getOrDefault("config_file", "postgresql.conf"));
    settings.file(main, 0);
    try {
      settings.file(dataDirectory.resolve("postgresql.auto.conf"), 0);
    } catch (NoSuchFileException e) {
      // Nobody used ALTER SYSTEM.
    }
    settings.values.putAll(options);
    return settings;
  }

  /** Value of a setting by its lower-case name; empty when nothing sets it. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Every file and directory that was looked at, whether it was there or not. */
  List<Path> files() {
    return Collections.unmodifiableList(files);
  }

  private Map<String, String> commandLine(Path optionsFile) throws IOException {
    files.add(optionsFile);
    Map<String, String> options = new HashMap<>();
    String line;
    try {
      line = Files.readString(optionsFile, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return options;
    }
    Matcher argument = ARGUMENT.matcher(line);
    String last = "";
    while (argument.find()) {
      String text = argument.group(1);
      option(last.equals("-c") ? "--" + text : text, options);
      last = text;
    }
    return options;
  }

  private static void option(String text, Map<String, String> options) {
    Matcher option = LONG_OPTION.matcher(text.startsWith("-c") ? "--" + text.substring(2) : text);
    if (option.matches()) {
      String name = option.group(1).replace('-', '_').toLowerCase(Locale.ROOT);
      options.put(name, option.group(2));
    }
  }

  private void file(Path file, int depth) throws IOException {
    files.add(file);
    if (depth > MAX_DEPTH || files.size() > MAX_FILES) {
      return;
    }
    for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      ConfigLine line = ConfigLine.parse(text);
      if (line != null) {
        apply(line, file, depth);
      }
    }
  }

  private void apply(ConfigLine line, Path file, int depth) throws IOException {
    Path target = file.resolveSibling(line.value());
    switch (line.name()) {
      case "include" -> file(target, depth + 1);
      case "include_if_exists" -> {
        if (Files.exists(target)) {
          file(target, depth + 1);
        } else {
          files.add(target);
        }
      }
      case "include_dir" -> directory(target, depth + 1);
      default -> values.put(line.name(), line.value());
    }
  }

  /** Every {@code *.conf} in the order of its bytes, hidden ones left out (conffiles.c). */
  private void directory(Path directory, int depth) throws IOException {
    files.add(directory);
    List<Path> included = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.conf")) {
      for (Path entry : entries) {
        if (!String.valueOf(entry.getFileName()).startsWith(".") && !Files.isDirectory(entry)) {
          included.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(included);
    for (Path entry : included) {
      file(entry, depth);
    }
  }
}
