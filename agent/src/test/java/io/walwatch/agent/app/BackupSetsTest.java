/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.TimedLister;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who lists what the configuration names. */
final class BackupSetsTest {
  /** No child process is there that could be killed. */
  @ParameterizedTest
  @ValueSource(strings = {"files", "wal-e", "wal-g"})
  void shouldGiveUpDirectoriesAtTheTimeOut(String layout) {
    BackupConfig directory =
        new BackupConfig(
            "dumps",
            "directory",
            List.of(),
            Map.of("files", "/srv/dumps", "layout", layout),
            Duration.ofMinutes(15),
            Duration.ofMinutes(2),
            false,
            Optional.empty(),
            Expectation.NONE);
    try (Launcher launcher = Launcher.create()) {
      BackupSet set =
          BackupSets.set(directory, List.of(), launcher, InstantSource.system(), new WalOwners());

      assertThat(set.lister()).isInstanceOf(TimedLister.class);
    }
  }
}
