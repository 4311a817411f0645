/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import io.walwatch.agent.config.access.AccessInspector;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.TailBound;
import io.walwatch.agent.tail.TailEvents;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Counts what happens to a source, and says what an operator should know, with the mend. */
final class SpokenTrouble implements TailEvents {
  private static final Logger logger = LogManager.getLogger(SpokenTrouble.class);

  private final SourceState state;
  private final Voice voice;
  private final boolean isOfFiles;

  /**
   * For one source.
   *
   * @param isOfFiles whether it reads files: a command or an address has no rights to look at
   */
  SpokenTrouble(SourceState state, boolean isOfFiles, Voice voice) {
    this.state = state;
    this.voice = voice;
    this.isOfFiles = isOfFiles;
  }

  @Override
  public void committed(long bytes, long lines) {
    state.committed(bytes, lines);
  }

  @Override
  public void rotated(String path) {
    state.rotated(path);
    logger.debug("{} leads to another file now", path);
  }

  @Override
  public void truncated(String path) {
    state.truncated(path);
    logger.info("{} was truncated and is read from its start", path);
  }

  @Override
  public void longLine(String path, long offsetBytes) {
    state.longLine(path, offsetBytes);
  }

  @Override
  public void lost(String path, long bytes, String why) {
    state.lost(path, bytes, why);
    logger.warn("{}: {} bytes were lost: {}", path, bytes, why);
  }

  @Override
  public void missed(String path, String why) {
    logger.warn("{}: {}", path, why);
  }

  @Override
  public void unreadable(String path, String problem) {
    String whole = isOfFiles ? diagnosed(path, problem) : problem;
    state.unreadable(path, whole);
    if (voice.speaks()) {
      logger.warn("{}: {}{}", path, whole, voice.promise("tried again until it works"));
    }
  }

  private static String diagnosed(String path, String problem) {
    return AccessInspector.forThisProcess()
        .diagnose(Path.of(path), Purpose.LOG)
        .map(diagnosis -> diagnosis.line())
        .orElse(problem);
  }

  @Override
  public void readable(String path) {
    state.readable(path);
    logger.info("{} can be read again", path);
  }

  @Override
  public void gone(String path) {
    state.gone(path);
    logger.debug("{} is not tried any more", path);
  }

  @Override
  public void limited(TailBound bound, long times) {
    state.limited(bound, times);
  }
}
