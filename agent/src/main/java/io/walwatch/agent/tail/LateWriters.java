/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.tail.Siblings.Sibling;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an eye on the last generations of each path that were rotated away and let go: who began to
 * write before the rotation (a push of hours) may have one more line to say long after it. No
 * descriptor is held, so that no disk space is; it costs one stat for each of them and second, and
 * where they are very many each has its turn more seldom.
 */
final class LateWriters {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  /** A glob may match a thousand files, and all may be rotated in one night. */
  private static final int MAX_WATCHED = 1_024;

  private static final int MAX_IN_ONE_LOOK = 256;

  /** Who holds a file over more rotations than that is not waited for. */
  private static final int MAX_OF_A_PATH = 4;

  private final Tailing tailing;
  private final Memory memory;
  private final Map<FileKey, Left> watched = new LinkedHashMap<>();
  private long nextLookNanos;

  /** What was let go, and where it lies now, if that is known. */
  private record Left(FilePosition position, @Nullable Path place) {}

  LateWriters(Tailing tailing, Memory memory) {
    this.tailing = tailing;
    this.memory = memory;
    this.nextLookNanos = tailing.nowNanos();
  }

  /** A generation is let go that was read to its end. */
  void watch(FilePosition position) {
    watched.remove(position.key());
    watched.put(position.key(), new Left(position.withoutRest(), null));
    List<FileKey> ofThePath = new ArrayList<>();
    for (Left left : watched.values()) {
      if (left.position.path().equals(position.path())) {
        ofThePath.add(left.position.key());
      }
    }
    if (ofThePath.size() > MAX_OF_A_PATH) {
      watched.remove(ofThePath.get(0));
    }
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
    // Where a rotation moved many, all are found by the same listing.
    Siblings siblings = new Siblings(tailing.disk());
    for (Left left : watched.values().stream().limit(MAX_IN_ONE_LOOK).toList()) {
      try {
        look(left, siblings);
      } catch (IOException ignored) {
        // Nothing is known to be missing; the next look will tell.
      }
    }
  }

  private void look(Left left, Siblings siblings) throws IOException {
    FilePosition position = left.position;
    Path place = left.place;
    FileStat stat = place == null ? null : stat(place);
    // The next looks are for those behind it.
    watched.remove(position.key());
    if (stat == null || !position.is(stat.key())) {
      Sibling found;
      try {
        found = find(position, siblings);
      } catch (IOException e) {
        watched.put(position.key(), left);
        throw e;
      }
      if (found == null) {
        // Compressed, moved to another directory or deleted: no name leads to its bytes.
        return;
      }
      stat = found.stat();
      place = found.path();
    }
    if (stat.sizeBytes() > position.offsetBytes()) {
      memory.resume(position);
    } else {
      watched.put(position.key(), new Left(position, place));
    }
  }

  private @Nullable FileStat stat(Path place) throws IOException {
    try {
      return tailing.disk().stat(place);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static @Nullable Sibling find(FilePosition position, Siblings siblings)
      throws IOException {
    Path path = Path.of(position.path());
    Predicate<Sibling> rotation = siblings.rotationsOf(path);
    for (Sibling sibling : siblings.beside(path, Set.of())) {
      if (position.is(sibling.stat().key()) && rotation.test(sibling) && !sibling.isGzip()) {
        return sibling;
      }
    }
    return null;
  }
}
