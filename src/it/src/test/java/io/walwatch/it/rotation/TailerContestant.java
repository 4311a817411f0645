/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.io.input.Tailer;
import org.apache.commons.io.input.TailerListenerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The Tailer of commons-io as it comes. It follows one path. Its first life reads from the start,
 * since it says to nobody when it has found the end; a later one from the end, since it remembers
 * nothing and would count all again.
 */
final class TailerContestant implements Contestant {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path directory;
  private final AtomicLong completed = new AtomicLong();
  private @Nullable Tailer tailer;

  TailerContestant(Path directory) {
    this.directory = directory;
  }

  @Override
  public void start() throws IOException {
    tailer =
        Tailer.builder()
            .setPath(directory.resolve("wal-e.log"))
            .setTailerListener(new Listener())
            .setDelayDuration(POLL)
            .setTailFromEnd(tailer != null)
            .get();
  }

  @Override
  public long counted() {
    return completed.get();
  }

  @Override
  public void kill() {
    close();
  }

  @Override
  public void close() {
    Tailer running = tailer;
    if (running != null) {
      running.close();
    }
  }

  private final class Listener extends TailerListenerAdapter {
    @Override
    public void handle(String line) {
      if (line.contains(" state=complete")) {
        completed.incrementAndGet();
      }
    }
  }
}
