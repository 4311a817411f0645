/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import io.walwatch.parse.framing.Framings;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Puts pipelines together: one for each generation of a file. */
public final class LogPipelines {
  private LogPipelines() {}

  /**
   * A pipeline for one stream.
   *
   * @param providers the parsers that were found, of which {@link PipelineOptions#parsers()}
   *     chooses
   */
  public static LogPipeline create(
      PipelineOptions options, List<LogParserProvider> providers, EventSink sink) {
    return create(options, providers, sink, ParserFaults.IGNORED);
  }

  /**
   * A pipeline for one stream.
   *
   * @param faults told of parsers that threw and were switched off
   */
  public static LogPipeline create(
      PipelineOptions options,
      List<LogParserProvider> providers,
      EventSink sink,
      ParserFaults faults) {
    List<LogParser> parsers = new ArrayList<>();
    IdentityHashMap<LogParser, String> names = new IdentityHashMap<>();
    for (LogParserProvider provider : providers) {
      if (options.parsers().isEmpty() || options.parsers().contains(provider.name())) {
        add(provider, parsers, names, faults);
      }
    }
    return new LogPipeline(Framings.create(options), parsers, names, sink, faults);
  }

  private static void add(
      LogParserProvider provider,
      List<LogParser> parsers,
      IdentityHashMap<LogParser, String> names,
      ParserFaults faults) {
    try {
      LogParser parser = provider.create();
      parsers.add(parser);
      names.put(parser, provider.name());
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      faults.notMade(provider.name(), e);
    }
  }
}
