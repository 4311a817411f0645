/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** System calls that really fail, in a real agent: a dying disk, missing rights, a full disk. */
@Tag("faults")
class FaultsIT {
  private static final String COMPLETED = "walwatch_push_completed_total";
  private static final String ERRORS = "walwatch_checkpoint_errors_total";
  private static final String RESTORES = "walwatch_checkpoint_restores_total";
  private static final String RESET = "result=reset";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EIO    | read,pread64,readv,preadv",
        "EACCES | open,openat",
        "ENOENT | open,openat",
        "EIO    | stat,lstat,newfstatat,statx",
        "EACCES | stat,lstat,newfstatat,statx"
      })
  void shouldReadEachLineOnceWhenTheDiskAnswersAgain(String error, String calls) throws Exception {
    try (AgentFixture fixture = AgentFixture.create();
        AgentProcess agent = fixture.serve()) {
      agent.scrape();
      try (Faults faults = inject(agent, fixture, error, calls, fixture.log())) {
        fixture.push(0, 10);
        faults.await(3);
        fixture.push(10, 20);
        assertThat(agent.scrape().sum(COMPLETED)).isZero();
      }
      AgentFixture.awaitCompleted(agent, 20);
      try (Faults faults = inject(agent, fixture, error, calls, fixture.log())) {
        Files.move(fixture.log(), fixture.root().resolve("wal-e.log.1"));
        fixture.push(20, 30);
        faults.await(1);
      }
      AgentFixture.awaitCompleted(agent, 30);
      assertThat(agent.scrape().sum("walwatch_source_lost_bytes_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_push_repeated_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_source_io_errors_total")).isPositive();
      assertThat(agent.scrape().sum("walwatch_internal_errors_total")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENOSPC | write,pwrite64,writev",
        "ENOSPC | open,openat",
        "EROFS  | open,openat,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
      })
  void shouldStartAtZeroAfterShowingWhatItCouldNotWriteDown(String error, String calls)
      throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      try (AgentProcess agent = fixture.serve()) {
        fixture.push(0, 10);
        AgentFixture.awaitCompleted(agent, 10);
        try (Faults faults = inject(agent, fixture, error, calls, checkpoints(fixture))) {
          fixture.push(10, 25);
          AgentFixture.awaitCompleted(agent, 25);
          faults.await(1);
          assertThat(agent.scrape().sum(ERRORS)).isPositive();
          agent.kill();
        }
      }
      try (AgentProcess agent = fixture.serve()) {
        // Read on from where the last checkpoint stood, counted from 0.
        AgentFixture.awaitCompleted(agent, 15);
        assertThat(agent.scrape().sum(RESTORES, RESET)).isEqualTo(1);
        agent.kill();
      }
      try (AgentProcess agent = fixture.serve()) {
        AgentFixture.awaitCompleted(agent, 15);
        assertThat(agent.scrape().sum(RESTORES, RESET)).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldGoOnWithItsCountersWhenTheDiskHasRoomAgain() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      try (AgentProcess agent = fixture.serve()) {
        agent.scrape();
        try (Faults faults =
            inject(agent, fixture, "ENOSPC", "write,pwrite64,writev", checkpoints(fixture))) {
          fixture.push(0, 10);
          AgentFixture.awaitCompleted(agent, 10);
          faults.await(1);
        }
        Path checkpoint = Path.of(fixture.state()).resolve("checkpoint");
        Patience.await().until(() -> Files.exists(checkpoint));
        agent.kill();
      }
      try (AgentProcess agent = fixture.serve()) {
        assertThat(agent.scrape().sum(COMPLETED)).isEqualTo(10);
        assertThat(agent.scrape().sum(ERRORS)).isPositive();
      }
    }
  }

  private static Faults inject(
      AgentProcess agent, AgentFixture fixture, String error, String calls, Path... paths)
      throws IOException {
    return Faults.inject(agent, fixture.root().resolve("strace.out"), error, calls, paths);
  }

  private static Path[] checkpoints(AgentFixture fixture) {
    Path state = Path.of(fixture.state());
    return new Path[] {
      state.resolve("checkpoint"),
      state.resolve("checkpoint.tmp"),
      state.resolve("checkpoint.previous"),
      state.resolve("checkpoint.previous.tmp")
    };
  }
}
