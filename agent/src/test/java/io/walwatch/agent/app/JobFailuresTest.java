/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobSpool;
import io.walwatch.agent.jobs.JobTeller;
import io.walwatch.agent.jobs.RunningProcesses;
import io.walwatch.agent.state.AgentState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs leave behind when they fail. */
final class JobFailuresTest {
  private static final String RUN = "job,base,1763800000-77-0a1b2c3d";

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();

  @Test
  void shouldTakeTheOutputOfALostRunThatComesLaterIntoItsEvidence() throws IOException {
    FailureStore store = new FailureStore(directory.resolve("failures"));
    FailureWatch failures = new FailureWatch(store, clock);
    failures.open();
    JobEvents events = failures.around(new AgentState(clock).jobs());
    JobSpool spool = new JobSpool(directory.resolve("spool/jobs"));
    spool.create();
    Files.createDirectories(directory.resolve("proc/1"));
    RunningProcesses processes = new RunningProcesses(directory.resolve("proc"), "this-boot");
    JobTeller teller = new JobTeller(spool, processes, events, clock, Runnable::run, () -> {});
    Files.writeString(
        spool.directory().resolve(RUN + ".start"),
        """
        version=1
        job=base
        started=1763800000.5
        pid=77
        begun=1
        boot=this-boot
        namespace=
        user=postgres
        timeout=
        command=sh
        """);
    look(teller);
    clock.advanceMillis(2_000);
    look(teller);
    String id = store.kept().get(0).id();
    assertThat(store.evidence(id).orElseThrow()).startsWith("command: sh\n").endsWith("\n\n");

    clock.advanceMillis(300_000);
    Files.writeString(spool.directory().resolve(RUN + ".out"), "working\n");
    look(teller);

    assertThat(store.kept()).hasSize(1);
    assertThat(store.evidence(id).orElseThrow())
        .startsWith("command: sh\n")
        .endsWith("\n\nworking\n");
    assertThat(spool.list().runs()).isEmpty();
  }

  private static void look(JobTeller teller) {
    teller.ask();
    teller.tell();
    teller.kept();
  }
}
