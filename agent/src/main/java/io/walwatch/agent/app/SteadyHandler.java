/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.ParserFaults;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps a fault in what reads lines from reaching the tailer, which would stand in the middle of
 * its bytes and count the lines before once more: the line is passed over, the fault is told, and
 * whoever failed is made anew.
 */
final class SteadyHandler implements LineHandler {
  private final Supplier<LineHandler> maker;
  private final Consumer<Throwable> faults;
  private LineHandler handler;

  /**
   * Around one handler.
   *
   * @param maker makes it, and another one after each fault
   * @param faults told of each fault
   */
  SteadyHandler(Supplier<LineHandler> maker, Consumer<Throwable> faults) {
    this.maker = maker;
    this.faults = faults;
    this.handler = maker.get();
  }

  @Override
  public void line(Line line) {
    try {
      handler.line(line);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      failed(e);
    }
  }

  @Override
  public void quiet() {
    try {
      handler.quiet();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      failed(e);
    }
  }

  @Override
  public void longQuiet() {
    try {
      handler.longQuiet();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      failed(e);
    }
  }

  @Override
  public void end() {
    try {
      handler.end();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      failed(e);
    }
  }

  @Override
  public long pendingOffsetBytes() {
    try {
      return handler.pendingOffsetBytes();
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      failed(e);
      return LogParser.NOTHING_PENDING;
    }
  }

  private void failed(Throwable fault) {
    faults.accept(fault);
    handler = maker.get();
  }
}
