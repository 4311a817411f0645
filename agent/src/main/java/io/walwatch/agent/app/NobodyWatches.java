/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.DirectoryWatcher;
import java.nio.file.Path;

/** For a single look, which needs no events. */
final class NobodyWatches implements DirectoryWatcher {
  @Override
  public Watch watch(Path directory, Listener listener) {
    return new Watch() {
      @Override
      public boolean isValid() {
        return true;
      }

      @Override
      public void cancel() {}
    };
  }
}
