/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.agent.files.IoReason;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.ParserFaults;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.jar.JarFile;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What was found: built in, and in the jars of the plug-in directory.
 *
 * @param found parsers of logs, in the order they were found, built-in ones first
 * @param foundListers those who list backups, likewise
 */
record Plugins(
    List<Plugin<LogParserProvider>> found, List<Plugin<BackupListParserProvider>> foundListers) {
  private static final Logger logger = LogManager.getLogger(Plugins.class);

  /**
   * A parser and where it comes from.
   *
   * @param place {@code built in} or the jar
   */
  record Plugin<T>(T provider, String name, String place) {}

  /** Collects the plug-ins of one kind. */
  private record Kind<T>(Class<T> type, Function<T, String> namer, List<Plugin<T>> found) {}

  Plugins {
    found = found.stream().map(Plugins::named).toList();
    foundListers = List.copyOf(foundListers);
  }

  /**
   * Finds the parsers.
   *
   * @param directory where plug-in jars lie; need not exist
   */
  static Plugins find(Path directory) {
    Kind<LogParserProvider> parsers =
        new Kind<>(LogParserProvider.class, LogParserProvider::name, new ArrayList<>());
    Kind<BackupListParserProvider> listers =
        new Kind<>(
            BackupListParserProvider.class, BackupListParserProvider::name, new ArrayList<>());
    collect(Plugins.class.getClassLoader(), "built in", parsers);
    collect(Plugins.class.getClassLoader(), "built in", listers);
    for (Path jar : jars(directory)) {
      if (isReadable(jar)) {
        ClassLoader loader = loaderOf(jar);
        collect(loader, jar.toString(), parsers);
        collect(loader, jar.toString(), listers);
      }
    }
    return new Plugins(parsers.found(), listers.found());
  }

  List<LogParserProvider> providers() {
    return found.stream().map(Plugin::provider).toList();
  }

  private static Plugin<LogParserProvider> named(Plugin<LogParserProvider> plugin) {
    return new Plugin<>(
        new NamedProvider(plugin.name(), plugin.provider()), plugin.name(), plugin.place());
  }

  List<BackupListParserProvider> listers() {
    return foundListers.stream().map(Plugin::provider).toList();
  }

  private static <T> void collect(ClassLoader loader, String place, Kind<T> kind) {
    var providers = ServiceLoader.load(kind.type(), loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        T provider = providers.next();
        // A jar's loader finds the built-in parsers too, through its parent.
        if (provider.getClass().getClassLoader().equals(loader)) {
          add(new Plugin<>(provider, kind.namer().apply(provider), place), kind.found());
        }
      } catch (Throwable broken) {
        ParserFaults.rethrowIfFatal(broken);
        logger.error("A plug-in in {} cannot be used: {}", place, ParserFaults.text(broken));
      }
    }
  }

  private static <T> void add(Plugin<T> plugin, List<Plugin<T>> found) {
    String name = plugin.name();
    if (found.stream().anyMatch(other -> other.name().equals(name))) {
      logger.warn(
          "The parser {} in {} is not used: there is one of that name", name, plugin.place());
    } else {
      found.add(plugin);
    }
  }

  /** A class loader says nothing about a jar that it cannot open. */
  private static boolean isReadable(Path jar) {
    try (JarFile opened = new JarFile(jar.toString())) {
      return opened.size() > 0;
    } catch (IOException e) {
      logger.error("The plug-in {} cannot be used: {}", jar, e.toString());
      return false;
    }
  }

  private static List<Path> jars(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try {
      return DirectoryEntries.list(directory, "*.jar");
    } catch (IOException e) {
      logger.error("The plug-in directory {} cannot be read: {}", directory, IoReason.of(e));
      return List.of();
    }
  }

  /** Stays open as long as the agent runs: classes are loaded when they are first needed. */
  private static ClassLoader loaderOf(Path jar) {
    try {
      return new URLClassLoader(
          new URL[] {jar.toUri().toURL()}, LogParserProvider.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }
}
