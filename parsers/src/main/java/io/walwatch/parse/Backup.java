/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One backup or snapshot, as a listing shows it. What a listing does not tell is absent, never
 * guessed.
 *
 * @param name as its tool calls it; never a label value
 * @param volume what it is a backup of, where one listing shows several (a disk, a logical volume,
 *     a stanza); empty otherwise
 * @param started when it began
 * @param finished when it was complete
 * @param sizeBytes as large as the provider can tell; see the provider for what is measured
 * @param startSegment name of the first WAL segment that a restore needs
 */
public record Backup(
    String name,
    String volume,
    State state,
    Optional<Instant> started,
    Optional<Instant> finished,
    OptionalLong sizeBytes,
    Optional<String> startSegment) {
  /** What a backup is worth. */
  public enum State {
    /** Complete, and nothing is known against it. */
    OK,
    /** Not complete yet. */
    RUNNING,
    /** Cannot be restored, or its own tool says that it failed. */
    FAILED
  }

  /** A backup of which nothing is known but its name and its state. */
  public static Backup named(String name, State state) {
    return new Backup(
        name,
        "",
        state,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** The same, of that volume. */
  public Backup ofVolume(String newVolume) {
    return new Backup(name, newVolume, state, started, finished, sizeBytes, startSegment);
  }

  /** The same, which began then. */
  public Backup started(Optional<Instant> at) {
    return new Backup(name, volume, state, at, finished, sizeBytes, startSegment);
  }

  /** The same, which was complete then. */
  public Backup finished(Optional<Instant> at) {
    return new Backup(name, volume, state, started, at, sizeBytes, startSegment);
  }

  /** The same, of that size. */
  public Backup sized(OptionalLong bytes) {
    return new Backup(name, volume, state, started, finished, bytes, startSegment);
  }

  /**
   * The same, which needs WAL from this segment on.
   *
   * @param segment as the tool tells it: what is no name of a segment counts as not told
   */
  public Backup startingAt(Optional<String> segment) {
    return new Backup(
        name, volume, state, started, finished, sizeBytes, segment.filter(Backup::isSegment));
  }

  private static boolean isSegment(String text) {
    WalFile file = WalFile.parse(text);
    return file != null && file.kind() == WalFileKind.SEGMENT;
  }

  /** The moment it counts from: its end, or its begin where the end is not told. */
  public Optional<Instant> at() {
    return finished.isPresent() ? finished : started;
  }
}
