/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.SourceState;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.ParserFaults;
import io.walwatch.parse.PipelineOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Makes the pipelines of one source, and hears of parsers that throw: counted each time, said once.
 * Such a parser is not called again for the file that it failed on; the others go on.
 */
final class ParserWatch {
  private static final Logger logger = LogManager.getLogger(ParserWatch.class);

  private static final int MAX_FRAMES = 4;

  private final SourceState source;
  private final List<LogParserProvider> providers;
  private final Set<String> said = new HashSet<>();

  ParserWatch(SourceState source, List<LogParserProvider> providers) {
    this.source = source;
    this.providers = List.copyOf(providers);
  }

  /** A pipeline for one file. */
  LogPipeline pipeline(PipelineOptions options, EventSink sink) {
    IdentityHashMap<LogParser, String> names = new IdentityHashMap<>();
    List<LogParserProvider> made = new ArrayList<>();
    for (LogParserProvider provider : providers) {
      if (options.parsers().isEmpty() || options.parsers().contains(provider.name())) {
        make(provider, names, made);
      }
    }
    return LogPipelines.create(
        options,
        made,
        sink,
        (parser, fault) -> fault(names.getOrDefault(parser, "unknown"), fault));
  }

  private void make(
      LogParserProvider provider,
      IdentityHashMap<LogParser, String> names,
      List<LogParserProvider> made) {
    try {
      LogParser parser = provider.create();
      names.put(parser, provider.name());
      made.add(new Made(provider, parser));
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      fault(provider.name(), e);
    }
  }

  private void fault(String parser, Throwable fault) {
    source.parserFault(parser);
    if (said.add(parser)) {
      logger.error(
          "{}the parser {} has a fault and is switched off for a file; what it reads is missed: {}",
          source.name().isEmpty() ? "" : source.name() + ": ",
          parser,
          brief(fault));
    }
  }

  /** A stack that overflowed has a thousand lines, and the first ones tell. */
  private static String brief(Throwable fault) {
    StringBuilder text = new StringBuilder(ParserFaults.text(fault));
    StackTraceElement[] stack = stackOf(fault);
    for (int i = 0; i < Math.min(stack.length, MAX_FRAMES); i++) {
      text.append(i == 0 ? " at " : ", ").append(stack[i]);
    }
    return text.toString();
  }

  private static StackTraceElement[] stackOf(Throwable fault) {
    try {
      return fault.getStackTrace().clone();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      return new StackTraceElement[0];
    }
  }

  /** A provider whose parser is made already. */
  private record Made(LogParserProvider provider, LogParser create) implements LogParserProvider {
    @Override
    public String name() {
      return provider.name();
    }

    @Override
    public boolean isArchiver() {
      return provider.isArchiver();
    }

    @Override
    public boolean claims(String command) {
      return provider.claims(command);
    }

    @Override
    public boolean tellsEveryPush() {
      return provider.tellsEveryPush();
    }
  }
}
