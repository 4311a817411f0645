/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A watcher that tells what the test says, when the test says it. */
final class FakeWatcher implements DirectoryWatcher {
  final List<Path> watched = new ArrayList<>();
  @Nullable IOException failure;
  boolean valid = true;

  /** What others do to the directory the moment that it is watched. */
  Step then = () -> {};

  private @Nullable Listener listener;

  interface Step {
    void run() throws IOException;
  }

  @Override
  public Watch watch(Path directory, Listener newListener) throws IOException {
    if (failure != null) {
      throw failure;
    }
    watched.add(directory);
    listener = newListener;
    valid = true;
    then.run();
    return new Watch() {
      @Override
      public boolean isValid() {
        return valid;
      }

      @Override
      public void cancel() {
        valid = false;
      }
    };
  }

  Listener listener() {
    return Objects.requireNonNull(listener, "nothing is watched");
  }
}
