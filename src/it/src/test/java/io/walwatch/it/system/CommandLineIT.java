/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a wrong start says: one clear line, and exit code 2. */
class CommandLineIT {
  private static TemporaryTree tree;

  @BeforeAll
  static void makeDirectory() throws Exception {
    tree = TemporaryTree.create("walwatch-it");
  }

  @AfterAll
  static void removeDirectory() {
    tree.close();
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      CommandResult result =
          run("serve", "--listen", address, "--log", log().toString(), "--state-dir", state());
      assertOneLine(result, address);
    }
  }

  @Test
  void shouldNameThePlaceOfAMistakeInTheConfiguration() throws Exception {
    Path broken = Files.writeString(tree.root().resolve("broken.yml"), "servers:\n  - name: [\n");
    CommandResult result = run("serve", "--config", broken.toString());
    assertOneLine(result, "broken.yml");
  }

  @Test
  void shouldNameAnUnknownKeyAndTheKeyThatWasMeant() throws Exception {
    Path wrong =
        Files.writeString(tree.root().resolve("wrong.yml"), "state_directroy: /var/lib/walwatch\n");
    CommandResult result = run("serve", "--config", wrong.toString());
    assertOneLine(result, "state_directroy");
    assertThat(result.errors().get(0)).contains("state_directory").contains("1");
  }

  @Test
  void shouldRefuseAnUnknownOption() throws Exception {
    assertOneLine(run("serve", "--lissten", "127.0.0.1:0"), "--lissten");
  }

  @Test
  void shouldRefuseAnUnknownCommand() throws Exception {
    assertOneLine(run("sreve"), "sreve");
  }

  @Test
  void shouldPrintItsVersion() throws Exception {
    CommandResult result = run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.output().get(0)).startsWith("walwatch ");
  }

  @Test
  void shouldShowExamplesInTheHelpOfEachCommand() throws Exception {
    for (String command : new String[] {"serve", "check", "once", "parse", "plugins"}) {
      CommandResult result = run(command, "--help");
      assertThat(result.exitCode()).as(command).isZero();
      assertThat(String.join("\n", result.output())).as(command).contains("walwatch " + command);
    }
  }

  private static Path log() throws Exception {
    Path log = tree.root().resolve("a.log");
    return Files.exists(log) ? log : Files.createFile(log);
  }

  private static String state() {
    return tree.root().resolve("state").toString();
  }

  private static CommandResult run(String... arguments) throws Exception {
    return Launcher.packed().run(arguments);
  }

  /** What it is about to read may be said before; what is wrong is one line. */
  private static void assertOneLine(CommandResult result, String cause) {
    assertThat(result.problems()).hasSize(1);
    assertThat(result.problems().get(0)).startsWith("walwatch: ").contains(cause);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
  }
}
