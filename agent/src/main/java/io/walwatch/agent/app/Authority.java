/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of a server's files counts for PostgreSQL's own messages, where the operator named files
 * and not formats. The log collector writes one message into each format, under names that differ
 * in their suffix only (syslogger.c, logfile_getname), and who rotates them puts the same number
 * behind each; the most telling format that is read counts.
 *
 * <p>Asked when the first line of a file arrives: the collector opens all its files before it
 * writes into any.
 */
final class Authority {
  private static final List<String> SUFFIXES = List.of(".json", ".csv", ".log");

  /** The name, the format, and what logrotate puts behind it: a number or a date. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.*)(\\.json|\\.csv|\\.log)((?:[.-][0-9]{1,14})*)(?:\\.gz)?", Pattern.DOTALL);

  private final Predicate<Path> isRead;

  /**
   * For one server.
   *
   * @param sources all its logs
   */
  Authority(List<LogSource> sources) {
    List<PathMatcher> read =
        sources.stream()
            .flatMap(source -> globs(source.input()).stream())
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
    isRead = file -> Files.exists(file) && read.stream().anyMatch(glob -> glob.matches(file));
  }

  private Authority(Predicate<Path> isRead) {
    this.isRead = isRead;
  }

  /**
   * For files of servers that nobody named: those in one directory under one name are one server's.
   * A better format has to begin like one; it may be anything.
   */
  static Authority ofFiles(List<String> files) {
    Set<Path> given = files.stream().map(Authority::absolute).collect(Collectors.toSet());
    return new Authority(file -> given.contains(absolute(file.toString())) && isFormat(file));
  }

  private static Path absolute(String file) {
    return Path.of(file).toAbsolutePath().normalize();
  }

  private static List<String> globs(SourceInput input) {
    return input instanceof SourceInput.Files files ? files.globs() : List.of();
  }

  /** The options of a source, for one of its files. */
  PipelineOptions options(PipelineOptions usual, String file) {
    if (usual.framing() != null || !usual.serverMessages() || !isOutranked(file)) {
      return usual;
    }
    return usual.withServerMessages(false);
  }

  /** Whether a more telling format of the same log is read. */
  boolean isOutranked(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches()
        && SUFFIXES.subList(0, SUFFIXES.indexOf(name.group(2))).stream()
            .anyMatch(better -> isRead(name.group(1) + better + name.group(3)));
  }

  private boolean isRead(String file) {
    return isRead.test(Path.of(file)) || isRead.test(Path.of(file + ".gz"));
  }

  /** A JSON object, or a time that is a row's first column. */
  private static boolean isFormat(Path file) {
    try (InputStream in = ParseCommand.open(file.toString())) {
      int first = in.read();
      return first == '{' || (first >= '0' && first <= '9');
    } catch (IOException e) {
      return false;
    }
  }
}
