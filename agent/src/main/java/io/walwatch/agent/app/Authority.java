/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.parse.PipelineOptions;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Which of a server's files counts for PostgreSQL's own messages, where the operator named files
 * and not formats. The log collector writes one message into each format, under names that differ
 * in their suffix only (syslogger.c, logfile_getname); the most telling format that is read counts.
 *
 * <p>Asked when the first line of a file arrives: the collector opens all its files before it
 * writes into any.
 */
final class Authority {
  private static final List<String> SUFFIXES = List.of(".json", ".csv", ".log");

  private final List<PathMatcher> read;

  /**
   * For one server.
   *
   * @param sources all its logs
   */
  Authority(List<LogSource> sources) {
    read =
        sources.stream()
            .flatMap(source -> globs(source.input()).stream())
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
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

  private boolean isOutranked(String file) {
    String name = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
    for (int rank = 1; rank < SUFFIXES.size(); rank++) {
      String suffix = SUFFIXES.get(rank);
      if (name.endsWith(suffix)) {
        String base = name.substring(0, name.length() - suffix.length());
        return SUFFIXES.subList(0, rank).stream().anyMatch(better -> isRead(base + better));
      }
    }
    return false;
  }

  private boolean isRead(String file) {
    return isReadAs(Path.of(file)) || isReadAs(Path.of(file + ".gz"));
  }

  private boolean isReadAs(Path file) {
    return Files.exists(file) && read.stream().anyMatch(matcher -> matcher.matches(file));
  }
}
