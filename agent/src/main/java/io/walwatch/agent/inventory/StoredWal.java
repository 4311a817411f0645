/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The WAL in a store: what a listing shows of it, and what an earlier one has verified. */
final class StoredWal {
  private final WalGeometry geometry;
  private final WalChain shown;
  private final VerifiedWal.Walk walk;
  private final @Nullable VerifiedWal earlier;
  private @Nullable VerifiedWal reliedOn;
  private @Nullable WholeChain whole;
  private boolean isListed;
  private long bytesBefore;

  /** Of a listing that shows everything, and is not the beginning of others. */
  StoredWal(WalGeometry geometry) {
    this(geometry, new VerifiedWal.Walk(0, ""), Optional.empty());
  }

  /**
   * Nothing is listed yet.
   *
   * @param walk this one
   * @param earlier what need not be listed again; whether it is, the listing tells
   */
  StoredWal(WalGeometry geometry, VerifiedWal.Walk walk, Optional<VerifiedWal> earlier) {
    this.geometry = geometry;
    this.shown = new WalChain(geometry);
    this.walk = walk;
    this.earlier = earlier.orElse(null);
  }

  /**
   * All of it is listed.
   *
   * @param oldestStart where the oldest good backup starts, as far as it is known by now
   * @param storedBytes size of all that came before
   */
  void listed(String oldestStart, long storedBytes) {
    isListed = true;
    bytesBefore = storedBytes;
    whole = new WholeChain(geometry, oldestStart);
  }

  /** What is not below this segment is listed, as was asked for. */
  void listedFrom(String segment, long storedBytes) {
    listed(segment, storedBytes);
    reliedOn = earlier;
  }

  /**
   * A WAL file.
   *
   * @param storedBytes size of all that came before it
   */
  void add(String name, long storedBytes) {
    shown.add(name);
    if (whole != null) {
      whole.add(name, storedBytes - bytesBefore);
    }
  }

  /** Whether there were more holes than can be counted. */
  boolean isBeyondCounting() {
    return shown.isBeyondCounting();
  }

  /**
   * Whether what was verified does not hold any more, so that everything has to be walked: its last
   * segment is gone, or there is a good backup that starts below it.
   */
  boolean isRefuted(String oldestStart) {
    VerifiedWal below = reliedOn;
    return below != null
        && (end().isEmpty() || (!oldestStart.isEmpty() && oldestStart.compareTo(below.from()) < 0));
  }

  /** Segments and history files that are missing from where the oldest good backup starts. */
  OptionalLong missing(String oldestStart) {
    if (!isListed) {
      return OptionalLong.empty();
    }
    VerifiedWal below = reliedOn;
    String start =
        below == null || oldestStart.isEmpty() || oldestStart.compareTo(below.through()) >= 0
            ? oldestStart
            : below.through();
    return shown.missing(start, oldestStart);
  }

  /** End of the newest segment, a WAL position. */
  OptionalLong lastPosition() {
    return isListed ? shown.lastPosition() : OptionalLong.empty();
  }

  /** Size of what was left out, since it was verified earlier. */
  long bytesLeftOut() {
    return reliedOn == null ? 0 : reliedOn.bytesBelow();
  }

  /** What the next listing may leave out. */
  Optional<VerifiedWal> verified(String oldestStart) {
    VerifiedWal below = reliedOn;
    return end()
        .map(
            end ->
                below == null
                    ? new VerifiedWal(oldestStart, end.segment(), end.bytesBelow(), walk)
                    : below.through(end.segment(), below.bytesBelow() + end.bytesBelow()));
  }

  private Optional<WholeChain.End> end() {
    return whole == null ? Optional.empty() : whole.end();
  }
}
