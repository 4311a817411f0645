/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.jobs.JobStart;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From {@code walwatch forget job} and {@code forget failure} to what is shown no longer. */
final class ForgetNamedTest {
  private static final String OLD = "nightly/old";
  private static final String SECRET = "evidence that must not be kept";

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void prepare() throws IOException {
    state.jobs().expect(Map.of("base", Duration.ofHours(24)));
    state.jobs().running("run1", start(OLD));
    Node node = new Node();
    state.save(node.add("state"));
    new CheckpointFile(directory).save(node, false);
  }

  @Test
  void shouldShowAForgottenJobNoLonger() throws IOException {
    assertThat(run("job", OLD)).isZero();
    assertThat(out.toString()).contains(OLD + ": asked");
    ForgetRequests requests = requests();

    assertThat(requests.apply(List.of())).isTrue();

    assertThat(jobs()).containsExactly("base");
    assertThat(requests.apply(List.of())).as("done already").isFalse();
    assertThat(requestFiles()).containsExactly("forget-job-nightly%2Fold");
    requests.kept();
    assertThat(requestFiles()).isEmpty();
  }

  @Test
  void shouldShowAForgottenJobAgainWhenItRuns() throws IOException {
    run("job", OLD);
    requests().apply(List.of());

    state.jobs().running("run2", start(OLD));

    assertThat(jobs()).containsExactly("base", OLD);
  }

  @Test
  void shouldForgetNoConfiguredJob() throws IOException {
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(config, "jobs: [{ name: base, every: 24h }]\n");

    assertThat(run("job", "base", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("the job base is configured");

    assertThat(run("job", "base")).as("another configuration than the agent's").isZero();
    requests().apply(List.of());
    assertThat(jobs()).containsExactly("base", OLD);
  }

  @Test
  void shouldRefuseAJobThatNobodyKnows() {
    assertThat(run("job", "bsae")).isEqualTo(2);
    assertThat(err.toString()).contains("knows no job called bsae; known: base, " + OLD);
    assertThat(run("job")).isEqualTo(2);
  }

  @Test
  void shouldRemoveAFailureWithItsEvidence() throws IOException {
    FailureStore store = new FailureStore(FailuresCommand.directory(directory));
    store.open();
    Failure first = failure("a");
    Failure second = failure("b");
    store.keep(first, SECRET);
    store.keep(second, "other");
    FailureWatch failures = new FailureWatch(store, clock);

    assertThat(run("failure", first.id())).isZero();
    ForgetRequests requests =
        new ForgetRequests(directory, Map.of(ForgetRequests.FAILURE, failures::forget));
    assertThat(requests.apply(List.of())).isTrue();
    requests.kept();

    assertThat(store.kept()).containsExactly(second);
    assertThat(store.evidence(first.id())).isEmpty();
    try (var files = Files.list(FailuresCommand.directory(directory))) {
      assertThat(files).hasSize(1);
    }
    assertThat(requestFiles()).isEmpty();
    assertThat(run("failure", first.id())).isEqualTo(2);
    assertThat(err.toString()).contains("no failure " + first.id() + " is kept");
  }

  @Test
  void shouldSurviveARequestOfNonsense() throws IOException {
    Files.createFile(directory.resolve("forget-job-%zz"));
    Files.createFile(directory.resolve("forget-job-nobody"));
    ForgetRequests requests = requests();

    requests.apply(List.of());
    requests.kept();

    assertThat(jobs()).containsExactly("base", OLD);
    assertThat(requestFiles()).isEmpty();
  }

  private ForgetRequests requests() {
    return new ForgetRequests(directory, Map.of(ForgetRequests.JOB, state.jobs()::forget));
  }

  private List<String> jobs() {
    Node saved = new Node();
    state.save(saved);
    return List.copyOf(saved.at("jobs").at("byName").names());
  }

  private List<String> requestFiles() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("forget-"))
          .toList();
    }
  }

  private static Failure failure(String what) {
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    return Failure.of(at, Failure.Kind.ARCHIVE_COMMAND, "main", what, what);
  }

  private static JobStart start(String job) {
    return new JobStart(job, 0, 1, "", "", "", "", "");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "forget";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--state-dir";
    all[arguments.length + 2] = directory.toString();
    return line.execute(all);
  }
}
