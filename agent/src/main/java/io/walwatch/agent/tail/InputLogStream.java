/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Lines that somebody pipes into us. At most once: a pipe cannot be read again. When we do not
 * read, its writer waits.
 */
public final class InputLogStream implements LogStream {
  private final String name;
  private final TailEvents events;
  private final BackgroundReader reader;
  private final PushedLines lines;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param name what it is called in messages, such as {@code stdin}
   */
  public InputLogStream(
      String name,
      InputStream input,
      TailLimits limits,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock) {
    this.name = name;
    this.events = events;
    this.reader = new BackgroundReader("read-" + name, input);
    this.lines = new PushedLines(name, limits, handlers, events, nanoClock);
  }

  @Override
  public int read(int budgetBytes) {
    int read = 0;
    while (read < budgetBytes) {
      byte[] chunk = reader.poll();
      if (chunk == null) {
        break;
      }
      lines.accept(chunk, 0, chunk.length);
      read += chunk.length;
    }
    lines.settle();
    if (reader.isEnded() && !ended) {
      end();
    }
    return read;
  }

  /** Whether the writer is gone and all is read. */
  public boolean isEnded() {
    return ended;
  }

  private void end() {
    ended = true;
    lines.finish();
    IOException failure = reader.failure();
    if (failure != null) {
      events.unreadable(name, IoReason.of(failure));
    }
  }

  @Override
  public StreamPosition position() {
    return StreamPosition.ofCursor("");
  }

  @Override
  public int openFiles() {
    return ended ? 0 : 1;
  }

  @Override
  public long lagBytes() {
    return reader.waitingBytes();
  }

  @Override
  public Set<Path> watchedDirectories() {
    return Set.of();
  }

  @Override
  public void wakeBy(Waker waker) {
    reader.wakeBy(waker);
  }

  @Override
  public void finish() {
    lines.finish();
  }

  @Override
  public void close() {
    reader.close();
  }
}
