/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Debian's promtool and amtool, and the files that they are to judge. */
final class Tool {
  static final Path DEPLOY =
      Path.of(System.getProperty("walwatch.root", "../..")).resolve("deploy");

  private Tool() {}

  /** Runs it, expects that it is content, and gives what it says. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }

  /** The same with files as the last arguments. */
  static String run(List<String> command, List<Path> files)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    files.forEach(file -> all.add(file.toString()));
    return run(all.toArray(String[]::new));
  }

  /** Files of a directory under {@code deploy}, by name. */
  static List<Path> files(String directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve(directory))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
