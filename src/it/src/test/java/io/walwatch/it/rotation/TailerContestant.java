/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern COMPLETE = Pattern.compile("seg=(\\S+) state=complete");

  private final Path directory;
  private final Map<String, Long> completed = new ConcurrentHashMap<>();
  private final AtomicLong beats = new AtomicLong();
  private @Nullable Tailer tailer;
  private @Nullable Tailer beatTailer;

  TailerContestant(Path directory) {
    this.directory = directory;
  }

  @Override
  public void start() throws IOException {
    boolean again = tailer != null;
    tailer = follow(directory.resolve("wal-e.log"), again, this::line);
    beatTailer = follow(Heartbeat.path(directory), again, this::beat);
  }

  private static Tailer follow(Path path, boolean fromEnd, Consumer<String> lines)
      throws IOException {
    return Tailer.builder()
        .setPath(path)
        .setTailerListener(new Listener(lines))
        .setDelayDuration(POLL)
        .setTailFromEnd(fromEnd)
        .get();
  }

  private void beat(String line) {
    if (line.equals(Heartbeat.LINE)) {
      beats.incrementAndGet();
    }
  }

  private void line(String line) {
    Matcher complete = COMPLETE.matcher(line);
    if (complete.find()) {
      completed.merge(complete.group(1), 1L, Long::sum);
    }
  }

  @Override
  public Tally counted() {
    return Tally.of(completed);
  }

  @Override
  public long beats() {
    return beats.get();
  }

  @Override
  public void kill() {
    close();
  }

  @Override
  public void close() {
    close(tailer);
    close(beatTailer);
  }

  private static void close(@Nullable Tailer running) {
    if (running != null) {
      running.close();
    }
  }

  private static final class Listener extends TailerListenerAdapter {
    private final Consumer<String> lines;

    Listener(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public void handle(String line) {
      lines.accept(line);
    }
  }
}
