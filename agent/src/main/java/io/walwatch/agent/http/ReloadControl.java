/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whoever reads the configuration anew when a client asks for it. Any thread. */
public interface ReloadControl {
  /**
   * What became of it.
   *
   * @param worked whether the configuration is the new one
   * @param lines why not, or what there is to say about it
   */
  record Outcome(boolean worked, List<String> lines) {
    public Outcome {
      lines = List.copyOf(lines);
    }
  }

  /** One that nobody may ask. */
  ReloadControl OFF =
      new ReloadControl() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public CompletableFuture<Outcome> request() {
          return CompletableFuture.completedFuture(new Outcome(false, List.of()));
        }
      };

  /** Whether clients may ask. */
  boolean isOn();

  /** Asks; never waits. */
  CompletableFuture<Outcome> request();
}
