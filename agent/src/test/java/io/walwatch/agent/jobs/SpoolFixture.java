/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Records as `walwatch run` writes them, a /proc of the test's own, and a clock that is set. */
abstract class SpoolFixture implements InstantSource {
  static final String RUN = "job,base,1763800000-77-0a1b2c3d";

  @TempDir Path directory;
  final ToldJobs told = new ToldJobs();
  int woken;
  long nowMillis = 1_763_800_100_000L;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(directory.resolve("proc/1"));
    spool().create();
  }

  JobSpool spool() {
    return new JobSpool(directory.resolve("spool/jobs"));
  }

  Looks watch() {
    return watch(spool(), Runnable::run);
  }

  Looks watch(JobSpool spool, Executor reader) {
    RunningProcesses processes = new RunningProcesses(directory.resolve("proc"), "this-boot");
    return new Looks(new JobTeller(spool, processes, told, this, reader, () -> woken++));
  }

  /** Asks and tells at once. */
  record Looks(JobTeller teller) {
    boolean look() {
      teller.ask();
      return teller.tell();
    }

    String kept() {
      return teller.kept();
    }
  }

  void start(String run) throws IOException {
    start(run, "this-boot");
  }

  void start(String run, String boot) throws IOException {
    write(run + ".start", record(boot));
  }

  static String record(String boot) {
    return "version=1\njob=base\nstarted=1763800000.500000000\npid=77\nbegun=123456\nboot="
        + boot
        + "\nnamespace=\nuser=postgres\ntimeout=\ncommand=wal-e backup-push a=b\n";
  }

  void end(String run, int code) throws IOException {
    write(
        run + ".end", "version=1\njob=base\nended=1763800003.000\ncode=" + code + "\ntimed_out=\n");
  }

  void process(long pid, String state, String begun) throws IOException {
    Path process = Files.createDirectories(directory.resolve("proc/" + pid));
    Files.writeString(
        process.resolve("stat"),
        pid
            + " (sh (1) x) "
            + state
            + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "
            + begun
            + " 1 1\n");
  }

  void write(String name, String text) throws IOException {
    Files.writeString(spool().directory().resolve(name), text);
  }

  /** All that is left of runs, also where the agent has moved it. */
  List<String> files() throws IOException {
    try (var files = Files.walk(directory.resolve("spool"))) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }
}
