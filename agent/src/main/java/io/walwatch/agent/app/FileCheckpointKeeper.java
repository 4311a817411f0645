/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Keeps the checkpoint in the state directory. Used on the loop's thread only. */
final class FileCheckpointKeeper implements CheckpointKeeper {
  private static final Logger logger = LogManager.getLogger(FileCheckpointKeeper.class);

  /** Between two checkpoints that are forced to disk: what a power cut may take back. */
  private static final long DURABLE_MILLIS = 5_000;

  private final CheckpointFile file;
  private final Host host;
  private final Consumer<Node> contents;
  private final InstantSource clock;
  private final long startedMillis;
  private final RestoreResult restored;
  private OptionalLong lastSaveMillis = OptionalLong.empty();
  private long lastDurableMillis;
  private long errors;
  private boolean failing;

  /**
   * Saves nothing yet.
   *
   * @param contents adds what is to be kept
   */
  FileCheckpointKeeper(
      CheckpointFile file,
      Host host,
      RestoreResult restored,
      Consumer<Node> contents,
      InstantSource clock) {
    this.file = file;
    this.host = host;
    this.restored = restored;
    this.contents = contents;
    this.clock = clock;
    this.startedMillis = clock.millis();
  }

  @Override
  public void save(boolean stopping) {
    long now = clock.millis();
    boolean durable = stopping || Math.abs(now - lastDurableMillis) >= DURABLE_MILLIS;
    Node node = new Node();
    node.put("machine", host.machine()).put("boot", host.boot());
    node.put("clean", stopping).put("saved", now);
    contents.accept(node);
    try {
      file.save(node, durable);
      succeeded(now, durable);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void succeeded(long now, boolean durable) {
    lastSaveMillis = OptionalLong.of(now);
    if (durable) {
      lastDurableMillis = now;
    }
    if (failing) {
      failing = false;
      logger.info("The checkpoint can be written again");
    }
  }

  private void failed(IOException e) {
    errors++;
    if (!failing) {
      failing = true;
      logger.error("The checkpoint cannot be written, and is tried again: {}", e.toString());
    }
  }

  @Override
  public AgentSnapshot snapshot() {
    return new AgentSnapshot(startedMillis, lastSaveMillis, errors, Map.of(restored, 1L));
  }
}
