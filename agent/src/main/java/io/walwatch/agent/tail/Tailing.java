/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * What all parts of one stream of files work with.
 *
 * @param primers take what was there before a stream was first read
 * @param troubles with paths: what cannot be found or opened
 * @param readTroubles with files that are open, whose path may lead elsewhere by now
 */
record Tailing(
    FileSource source,
    Disk disk,
    LineHandlers handlers,
    LineHandlers primers,
    TailEvents events,
    LongSupplier nanoClock,
    Troubles troubles,
    Troubles readTroubles,
    ReadBuffer buffer) {
  Tailing(
      FileSource source,
      Disk disk,
      LineHandlers handlers,
      LineHandlers primers,
      TailEvents events,
      LongSupplier nanoClock) {
    this(
        source,
        disk,
        handlers,
        primers,
        events,
        nanoClock,
        new Troubles(events, nanoClock),
        new Troubles(events, nanoClock),
        new ReadBuffer());
  }

  TailLimits limits() {
    return source.limits();
  }

  long nowNanos() {
    return nanoClock.getAsLong();
  }

  /** Lets a descriptor go that is of no use, or not now. */
  void close(Path path, LogFile file) {
    try {
      file.close();
    } catch (IOException e) {
      readTroubles.failed(path.toString(), e);
    }
  }

  LineFeed feed(Path path, long offset, boolean insideLine) {
    return new LineFeed(
        path.toString(), offset, insideLine, limits().maxLineBytes(), handlers, events);
  }

  /** A generation of a file that is open, from this offset on. */
  Generation generation(Path path, FileStat stat, LogFile file, long offset) throws IOException {
    Fingerprint print = new Fingerprint(Heads.identify(stat.key(), file, buffer));
    print.rememberTail(file, offset, buffer);
    return new Generation(path, stat, print, file, offset, nowNanos());
  }
}
