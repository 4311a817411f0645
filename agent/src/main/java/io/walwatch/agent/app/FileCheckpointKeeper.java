/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.state.CheckpointFacts;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps the checkpoint in the state directory. Used on the loop's thread only.
 *
 * <p>Where it cannot be written, values are shown all the same: monitoring without memory is better
 * than none. Before that it is made sure, in two ways, that no later start goes on from the older
 * values: a marker outside of the state directory, and the older checkpoint no longer counts as the
 * newest.
 */
final class FileCheckpointKeeper implements CheckpointKeeper {
  private static final Logger logger = LogManager.getLogger(FileCheckpointKeeper.class);

  /** Between two checkpoints that are forced to disk: what a power cut may take back. */
  private static final long DURABLE_MILLIS = 5_000;

  private final CheckpointFile file;
  private final UnsavedMarker unsaved;
  private final Host host;
  private final Consumer<Node> contents;
  private final InstantSource clock;
  private final Map<RestoreResult, Long> restores = new EnumMap<>(RestoreResult.class);
  private OptionalLong lastSaveMillis = OptionalLong.empty();
  private long lastDurableMillis;
  private long sizeBytes;
  private long errors;
  private boolean failing;

  /**
   * Saves nothing yet.
   *
   * @param restored what the last run left
   * @param contents adds what is to be kept
   */
  FileCheckpointKeeper(
      CheckpointFile file,
      UnsavedMarker unsaved,
      Host host,
      Restored restored,
      Consumer<Node> contents,
      InstantSource clock) {
    this.file = file;
    this.unsaved = unsaved;
    this.host = host;
    this.contents = contents;
    this.clock = clock;
    if (restored.withCounters()) {
      restore(restored.node().at("checkpoints"));
    }
    restores.merge(restored.result(), 1L, Long::sum);
  }

  private void restore(Node saved) {
    errors = saved.longAt("errors", 0);
    for (RestoreResult result : RestoreResult.values()) {
      restores.put(result, saved.at("restores").longAt(result.name(), 0));
    }
  }

  @Override
  public boolean save(boolean stopping) {
    long now = clock.millis();
    boolean durable = stopping || Math.abs(now - lastDurableMillis) >= DURABLE_MILLIS;
    try {
      sizeBytes = file.save(node(stopping, now), durable);
      succeeded(now, durable);
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private Node node(boolean stopping, long now) {
    Node node = new Node();
    node.put("machine", host.machine()).put("boot", host.boot());
    node.put("clean", stopping).put("saved", now);
    Node checkpoints = node.add("checkpoints").put("errors", errors);
    Node counts = checkpoints.add("restores");
    restores.forEach((result, count) -> counts.put(result.name(), count));
    contents.accept(node);
    return node;
  }

  /** Also at the first save after a start: the last run may have left its marker. */
  private void succeeded(long now, boolean durable) {
    if (lastSaveMillis.isEmpty() || failing) {
      unsaved.clear();
    }
    lastSaveMillis = OptionalLong.of(now);
    if (durable) {
      lastDurableMillis = now;
    }
    if (failing) {
      failing = false;
      logger.info("The checkpoint can be written again");
    }
  }

  private void failed(Exception e) {
    errors++;
    if (!failing) {
      failing = true;
      boolean marked = unsaved.set();
      logger.error(
          "The checkpoint cannot be written, and is tried again: {}{}",
          e instanceof IOException failure ? IoReason.withFile(failure) : e.toString(),
          demoted() || marked ? "" : "; values may seem to fall after a restart");
    }
  }

  private boolean demoted() {
    try {
      file.demote();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public CheckpointFacts facts() {
    return new CheckpointFacts(lastSaveMillis, errors, restores);
  }
}
