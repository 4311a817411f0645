/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Siblings.Sibling;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an eye on the last generation of each path that was rotated away and let go: who began to
 * write before the rotation (a push of hours) may have one more line to say long after it. No
 * descriptor is held, so that no disk space is; it costs one stat for each path and second.
 */
final class LateWriters {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** A glob may match a thousand files, and all may be rotated in one night. */
  private static final int MAX_WATCHED = 256;

  private final Tailing tailing;
  private final Memory memory;
  private final Map<String, Left> watched = new LinkedHashMap<>();
  private long nextLookNanos;

  /** What was let go, and where it lies now, if that is known. */
  private record Left(FilePosition position, @Nullable Path place) {}

  LateWriters(Tailing tailing, Memory memory) {
    this.tailing = tailing;
    this.memory = memory;
    this.nextLookNanos = tailing.nowNanos();
  }

  /** A generation is let go that was read to its end; it takes the place of the one before it. */
  void watch(FilePosition position) {
    watched.remove(position.path());
    watched.put(position.path(), new Left(position.withoutRest(), null));
    if (watched.size() > MAX_WATCHED) {
      watched.remove(watched.keySet().iterator().next());
      tailing.events().limited(TailBound.PATHS, 1);
    }
  }

  /** Has those sought again that have grown. */
  void look() {
    if (watched.isEmpty() || tailing.nowNanos() - nextLookNanos < 0) {
      return;
    }
    nextLookNanos = tailing.nowNanos() + LOOK_NANOS;
    for (Left left : List.copyOf(watched.values())) {
      try {
        look(left);
      } catch (IOException ignored) {
        // Nothing is known to be missing; the next look will tell.
      }
    }
  }

  private void look(Left left) throws IOException {
    FilePosition position = left.position;
    Path place = left.place;
    FileStat stat = place == null ? null : stat(place);
    if (stat == null || !position.is(stat.key())) {
      Sibling found = find(position);
      if (found == null) {
        // Compressed, moved to another directory or deleted: no name leads to its bytes.
        watched.remove(position.path());
        return;
      }
      stat = found.stat();
      watched.replace(position.path(), new Left(position, found.path()));
    }
    if (stat.sizeBytes() > position.offsetBytes()) {
      watched.remove(position.path());
      memory.resume(position);
    }
  }

  private @Nullable FileStat stat(Path place) throws IOException {
    try {
      return tailing.disk().stat(place);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private @Nullable Sibling find(FilePosition position) throws IOException {
    Path path = Path.of(position.path());
    Siblings siblings = new Siblings(tailing.disk());
    Predicate<Sibling> rotation = siblings.rotationsOf(path);
    for (Sibling sibling : siblings.beside(path, Set.of())) {
      if (position.is(sibling.stat().key()) && rotation.test(sibling) && !sibling.isGzip()) {
        return sibling;
      }
    }
    return null;
  }
}
