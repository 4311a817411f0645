/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the beginning of the last line of a file: by it the file is known again, wherever it
 * was moved meanwhile, and another one in its place is not taken for it.
 */
public final class FileTrail implements Trail {
  /** A traceback follows its record. */
  private static final int AFTER_BYTES = 8 * 1024;

  /** As much as is read back before a record, of all files together. */
  private static final int BEFORE_BYTES = 64 * 1024;

  /** Of the file beside: as much before the line that was read last there as after it. */
  private static final int BESIDE_BYTES = 32 * 1024;

  private static final long NOTHING_YET = -1;

  private final Path file;
  private final Supplier<@Nullable FileTrail> beside;
  private @Nullable FileTrail before;
  private final byte[] last = new byte[Probe.MOST_BYTES];
  private int lastLength;
  private long lastOffsetBytes;
  private long firstOffsetBytes = NOTHING_YET;

  /** Of a file that stands alone. */
  public FileTrail(Path file) {
    this(file, null, () -> null);
  }

  /**
   * Of one file of several.
   *
   * @param before the one that was read before this one, of the same log; it forgets its own
   * @param beside where the programs write that the server starts, if not into this file
   */
  public FileTrail(Path file, @Nullable FileTrail before, Supplier<@Nullable FileTrail> beside) {
    this.file = file;
    this.before = before;
    this.beside = beside;
    if (before != null) {
      before.before = null;
    }
  }

  @Override
  public void line(Line line) {
    ByteSlice text = line.text();
    if (firstOffsetBytes == NOTHING_YET) {
      firstOffsetBytes = line.offsetBytes();
    }
    lastLength = Math.min(text.length(), Probe.MOST_BYTES);
    lastOffsetBytes = line.offsetBytes();
    System.arraycopy(text.array(), text.start(), last, 0, lastLength);
  }

  @Override
  public Excerpt around(long fromBytes, long offsetBytes) {
    List<Place> places = new ArrayList<>();
    FileTrail raw = beside.get();
    if (raw != null) {
      raw.end(BESIDE_BYTES, BESIDE_BYTES).ifPresent(places::add);
    }
    // A file whose beginning was read in an earlier run, or by an earlier trail, has none before.
    if (before != null && fromBytes == 0 && firstOffsetBytes == 0 && offsetBytes < BEFORE_BYTES) {
      before.end(BEFORE_BYTES - offsetBytes, AFTER_BYTES).ifPresent(places::add);
    }
    places.add(new Place(file, fromBytes, offsetBytes, AFTER_BYTES, probe()));
    return new Excerpt("", places);
  }

  @Override
  public Excerpt aroundBegin(long fromBytes, long offsetBytes) {
    Place own = new Place(file, fromBytes, offsetBytes, AFTER_BYTES, probe());
    return new Excerpt("", List.of(own));
  }

  /** What stands around the last line so far. */
  private Optional<Place> end(long beforeBytes, int afterBytes) {
    if (firstOffsetBytes == NOTHING_YET) {
      return Optional.empty();
    }
    long fromBytes = Math.max(0, lastOffsetBytes - beforeBytes);
    return Optional.of(new Place(file, fromBytes, lastOffsetBytes, afterBytes, probe()));
  }

  private Probe probe() {
    return Probe.of(last, lastLength, lastOffsetBytes);
  }
}
