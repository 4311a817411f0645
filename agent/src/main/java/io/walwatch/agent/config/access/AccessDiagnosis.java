/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import java.nio.file.Path;
import java.util.List;

/**
 * Why a path cannot be read.
 *
 * @param path what was to be read
 * @param blocking the path itself or the first directory above it that is in the way
 * @param problem one line: who runs the agent, what is in the way, its owner, group and mode
 * @param mends what an operator can do, the best first; one of them is enough
 */
public record AccessDiagnosis(Path path, Path blocking, String problem, List<String> mends) {
  public AccessDiagnosis {
    mends = List.copyOf(mends);
  }

  /** What the path is, since each has a mend of its own. */
  public enum Purpose {
    DATA_DIRECTORY,
    LOG,
    OTHER
  }

  /** Problem and mends in one line. */
  public String line() {
    return mends.isEmpty() ? problem : problem + "; to mend it: " + String.join("; or: ", mends);
  }
}
