/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.QueueBound;
import io.walwatch.agent.archive.QueueEvents;
import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import io.walwatch.agent.config.access.AccessInspector;
import io.walwatch.agent.state.ServerState;
import io.walwatch.parse.WalFile;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Counts what happens to a queue, and says what an operator should know, with the mend. */
final class SpokenQueueTrouble implements QueueEvents {
  private static final Logger logger = LogManager.getLogger(SpokenQueueTrouble.class);

  private final String name;
  private final Path place;
  private final QueueEvents state;
  private final Voice voice;

  /**
   * Speaks for one server.
   *
   * @param place its archive_status, or its data directory where that is all that is known
   */
  SpokenQueueTrouble(String name, Path place, ServerState server, Voice voice) {
    this.voice = voice;
    this.name = name;
    this.place = place;
    this.state = server.queueEvents();
  }

  @Override
  public void archived(WalFile file, long readySinceMillis, long archivedAtMillis) {
    state.archived(file, readySinceMillis, archivedAtMillis);
  }

  @Override
  public void received(WalFile file) {
    state.received(file);
  }

  @Override
  public boolean vanished(WalFile file) {
    boolean isLost = state.vanished(file);
    if (isLost) {
      logger.warn(
          "{}: {} waited to be archived and vanished without being archived", name, file.name());
    }
    return isLost;
  }

  @Override
  public void orphaned(WalFile file) {
    state.orphaned(file);
    logger.info(
        "{}: {} waited to be archived again and waits no longer; it was archived before, so that"
            + " nothing is lost",
        name,
        file.name());
  }

  @Override
  public void unobserved(WalFile file) {
    state.unobserved(file);
  }

  @Override
  public void overflowed() {
    state.overflowed();
  }

  @Override
  public void scanned(long durationNanos) {
    state.scanned(durationNanos);
  }

  @Override
  public void unreadable(String problem) {
    String whole =
        AccessInspector.forThisProcess()
            .diagnose(place, Purpose.DATA_DIRECTORY)
            .map(diagnosis -> diagnosis.line())
            .orElse(problem);
    state.unreadable(whole);
    if (voice.speaks()) {
      String again = voice.promise("tried again");
      logger.warn("{}: the archive queue cannot be read: {}{}", name, whole, again);
    }
  }

  @Override
  public void readable() {
    state.readable();
    logger.info("{}: the archive queue can be read again", name);
  }

  @Override
  public void limited(QueueBound bound) {
    state.limited(bound);
  }

  @Override
  public void watchProblem(String problem) {
    state.watchProblem(problem);
    if (!problem.isEmpty()) {
      logger.warn("{}: the archive queue is listed every second: {}", name, problem);
    }
  }
}
