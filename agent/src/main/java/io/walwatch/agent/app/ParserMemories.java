/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.Node;
import io.walwatch.parse.LogPipeline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the parsers of one source know of lines that are counted already: handed on from each file
 * to the one that follows it, and kept over a restart. Loop's thread only.
 *
 * <p>Files are of one log if their names differ in nothing but what rotation changes: numbers,
 * dates, names of days and months, the ending of a compressor.
 */
final class ParserMemories {
  /** Logs whose last file ended in the middle of something; a source has a few at most. */
  static final int LIMIT = 128;

  private static final Pattern COMPRESSED = Pattern.compile("\\.(gz|bz2|xz|zst|lz4|lzo|Z)$");
  private static final Pattern VARYING =
      Pattern.compile(
          "[.\\-_~]([0-9][0-9.\\-_T:]*|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug"
              + "|Sep|Oct|Nov|Dec|old|bak|prev|save)(?=[.\\-_~]|$)");

  private final Map<String, LogPipeline> reading = new HashMap<>();
  private final Map<String, Map<String, String>> kept = new LinkedHashMap<>();
  private final Runnable forgotten;

  /**
   * Knows nothing yet.
   *
   * @param forgotten told of each log whose memory was let go since there were too many
   */
  ParserMemories(Runnable forgotten) {
    this.forgotten = forgotten;
  }

  /** A file begins, or is gone on with: its parsers are told what those before them knew. */
  LogPipeline begun(String path, LogPipeline pipeline) {
    String log = logOf(path);
    LogPipeline before = reading.put(log, pipeline);
    Map<String, String> memory = kept.remove(log);
    if (before != null) {
      memory = before.memory();
    }
    if (memory != null) {
      pipeline.remember(memory);
    }
    return pipeline;
  }

  /** Nothing more comes through this pipeline. */
  void ended(String path, LogPipeline pipeline) {
    String log = logOf(path);
    if (reading.remove(log, pipeline)) {
      keep(log, pipeline.memory());
    }
  }

  private void keep(String log, Map<String, String> memory) {
    kept.remove(log);
    if (memory.isEmpty()) {
      return;
    }
    kept.put(log, memory);
    if (kept.size() > LIMIT) {
      kept.remove(kept.keySet().iterator().next());
      forgotten.run();
    }
  }

  void save(Node node) {
    Map<String, Map<String, String>> all = new TreeMap<>(kept);
    reading.forEach((log, pipeline) -> all.put(log, pipeline.memory()));
    all.forEach(
        (log, memory) -> {
          if (!memory.isEmpty()) {
            Node saved = node.add(log);
            memory.forEach(saved::put);
          }
        });
  }

  /** Takes over what {@link #save} wrote. Before the first file. */
  void restore(Node node) {
    for (String log : node.names()) {
      Node saved = node.at(log);
      Map<String, String> memory = new TreeMap<>();
      for (String parser : saved.names()) {
        String text = saved.stringAt(parser);
        if (text != null) {
          memory.put(parser, text);
        }
      }
      keep(log, memory);
    }
  }

  /** The directory, and the name without what rotation changes. */
  static String logOf(String path) {
    int name = path.lastIndexOf('/') + 1;
    String plain = COMPRESSED.matcher(path.substring(name)).replaceFirst("");
    return path.substring(0, name) + VARYING.matcher(plain).replaceAll("");
  }
}
