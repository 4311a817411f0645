/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts `walwatch run` under dash, its output in files of a directory. */
final class JobRunner {
  /** Whatever runs the tests may ignore signals, and what is ignored is inherited. */
  private static final List<String> CLEAN =
      List.of(
          "env",
          "--default-signal=HUP,INT,QUIT,PIPE",
          "sh",
          "-c",
          "out=$1; err=$2; shift 2; exec \"$@\" </dev/null >\"$out\" 2>\"$err\"",
          "sh");

  private final Path directory;
  private final Path spool;
  private final Path tools;
  private final Path script;
  private final List<String> wrapper;

  JobRunner(Path directory, Path spool) {
    this(directory, spool, directory, packed(), List.of());
  }

  private JobRunner(Path directory, Path spool, Path tools, Path script, List<String> wrapper) {
    this.directory = directory;
    this.spool = spool;
    this.tools = tools;
    this.script = script;
    this.wrapper = wrapper;
  }

  /**
   * The same behind another program, such as one that runs it as another user: with a copy of the
   * script in the directory, since not everybody need be able to reach what was built.
   */
  JobRunner behind(List<String> program) throws IOException {
    Path copy = directory.resolve("walwatch-run");
    if (!Files.exists(copy)) {
      Files.copy(packed(), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    return new JobRunner(directory, spool, tools, copy, program);
  }

  /** The same where a tool of this name is found before the system's: a shell script. */
  JobRunner withTool(String name, String script) throws IOException {
    Path directoryOfTools = Files.createDirectories(directory.resolve("tools"));
    tool(directoryOfTools.resolve(name), script);
    return new JobRunner(directory, spool, directoryOfTools, this.script, wrapper);
  }

  /** Makes a shell script that can be run. */
  static void tool(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A run that was started. */
  record Run(Process process, Path out, Path err) {
    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the run ends").isTrue();
      return process.exitValue();
    }

    String output() throws IOException {
      return Files.readString(out);
    }

    String errors() throws IOException {
      return Files.readString(err);
    }

    void signal(String name) throws IOException, InterruptedException {
      kill(name, process.pid());
    }
  }

  static void kill(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).inheritIO().start().waitFor();
  }

  /** Starts a shell script as a job. */
  Run shell(String job, String script, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("--job", job));
    command.addAll(List.of(options));
    command.addAll(List.of("--", "sh", "-c", script));
    return start(command);
  }

  Run start(List<String> arguments) throws IOException {
    Path out = Files.createTempFile(directory, "run", ".stdout");
    Path err = Files.createTempFile(directory, "run", ".stderr");
    List<String> command = new ArrayList<>(CLEAN);
    command.addAll(List.of(out.toString(), err.toString()));
    command.addAll(wrapper);
    command.addAll(List.of("dash", script.toString(), "--spool", spool.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
    return new Run(builder.start(), out, err);
  }

  private static Path packed() {
    return Launcher.packed().home().resolve("bin/walwatch-run");
  }

  /** The files in the spool whose names end so. */
  List<Path> records(String suffix) throws IOException {
    try (var files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** The text of the only file in the spool whose name ends so. */
  String record(String suffix) throws IOException {
    List<Path> records = records(suffix);
    assertThat(records).hasSize(1);
    return Files.readString(records.get(0));
  }
}
