/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.prometheus.Runbooks.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the runbooks tell people to run at three in the morning can be run. */
@Tag("prometheus")
class RunbooksIT {
  private static final Path ROOT = Tool.DEPLOY.resolve("..").normalize();

  /** Programs that a Debian package puts on the path. */
  private static final Map<String, String> DEBIAN =
      Map.ofEntries(
          Map.entry("awk", "mawk"),
          Map.entry("chronyc", "chrony"),
          Map.entry("curl", "curl"),
          Map.entry("cat", "coreutils"),
          Map.entry("date", "coreutils"),
          Map.entry("df", "coreutils"),
          Map.entry("du", "coreutils"),
          Map.entry("head", "coreutils"),
          Map.entry("ls", "coreutils"),
          Map.entry("mktemp", "coreutils"),
          Map.entry("sort", "coreutils"),
          Map.entry("tail", "coreutils"),
          Map.entry("timeout", "coreutils"),
          Map.entry("touch", "coreutils"),
          Map.entry("uniq", "coreutils"),
          Map.entry("dmesg", "util-linux"),
          Map.entry("last", "util-linux"),
          Map.entry("namei", "util-linux"),
          Map.entry("envdir", "daemontools"),
          Map.entry("grep", "grep"),
          Map.entry("id", "coreutils"),
          Map.entry("install", "coreutils"),
          Map.entry("jq", "jq"),
          Map.entry("kill", "procps"),
          Map.entry("ps", "procps"),
          Map.entry("top", "procps"),
          Map.entry("watch", "procps"),
          Map.entry("lvextend", "lvm2"),
          Map.entry("lvremove", "lvm2"),
          Map.entry("lvs", "lvm2"),
          Map.entry("journalctl", "systemd"),
          Map.entry("systemctl", "systemd"),
          Map.entry("timedatectl", "systemd"),
          Map.entry("pg_ctlcluster", "postgresql-common"),
          Map.entry("promtool", "prometheus"),
          Map.entry("psql", "postgresql-client-common"),
          Map.entry("ss", "iproute2"),
          Map.entry("ssh", "openssh-client"),
          Map.entry("strace", "strace"),
          Map.entry("sudo", "sudo"));

  /** The shell's own; and what comes from elsewhere than Debian. */
  private static final Set<String> OTHERS =
      Set.of("cd", "echo", "command", "sh", "walwatch", "wal-e", "az");

  @Test
  void shouldNameOnlyProgramsThatDebianHas() throws Exception {
    Set<String> packages = new TreeSet<>();
    for (Command command : Runbooks.commands()) {
      if (!OTHERS.contains(command.program())
          // In the directory of the server's version, which is on no path.
          && !command.program().matches("/usr/lib/postgresql/15/bin/pg_controldata")) {
        assertThat(DEBIAN).as(command.toString()).containsKey(command.program());
        packages.add(DEBIAN.getOrDefault(command.program(), ""));
      }
    }
    assertThat(packages).hasSizeGreaterThan(10);
    for (String name : packages) {
      assertThat(Tool.run("apt-cache", "policy", name)).as(name).contains("Candidate: ");
    }
    for (Map.Entry<String, String> program : DEBIAN.entrySet()) {
      isWhereItIsSaidToBe(program.getKey(), program.getValue());
    }
  }

  /** As far as the package is installed here. */
  private static void isWhereItIsSaidToBe(String program, String name) throws Exception {
    String files = Tool.run("sh", "-c", "dpkg -L " + name + " 2>/dev/null || true");
    if (!files.isEmpty()) {
      String link = Tool.run("sh", "-c", "readlink -f $(command -v " + program + ") || true");
      assertThat(
              files.lines().anyMatch(file -> file.matches("(/usr)?/s?bin/" + program))
                  || files.contains(link.strip()))
          .as(program + " of " + name)
          .isTrue();
    }
  }

  @Test
  void shouldBeWrittenInTheShellsLanguage() throws Exception {
    for (Path page : Runbooks.pages()) {
      for (String block : Runbooks.blocks(page)) {
        Tool.run("bash", "-n", "-c", block);
      }
    }
  }

  @Test
  void shouldAskForWhatWalwatchAnswers() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-runbooks");
        AgentProcess agent = watch(tree.root())) {
      await().until(() -> agent.get("/-/ready").statusCode() == 200);
      List<Command> asked =
          Runbooks.commands().stream().filter(command -> command.begins("curl")).toList();
      assertThat(asked).hasSizeGreaterThan(10);
      for (Command command : asked) {
        URI address = address(command);
        if (address.getPort() == 10432) {
          assertThat(agent.get(address.getPath()).statusCode())
              .as(command.toString())
              .isEqualTo(200);
        }
      }
      isAnsweredByPrometheus(tree.root(), agent, asked);
    }
  }

  private static void isAnsweredByPrometheus(Path root, AgentProcess agent, List<Command> asked)
      throws Exception {
    try (Receiver receiver = Receiver.start();
        Alertmanager alertmanager = Alertmanager.start(root.resolve("alertmanager"), receiver);
        Prometheus prometheus =
            Prometheus.start(
                root.resolve("prometheus"),
                Map.of("db1", agent),
                List.of(alertmanager.authority()))) {
      for (Command command : asked) {
        URI address = address(command);
        switch (address.getPort()) {
          case 9090 -> assertThat(prometheus.page(address.getPath())).isNotEmpty();
          case 9093 -> assertThat(alertmanager.page(address.getPath())).isNotEmpty();
          default -> assertThat(address.getPort()).as(command.toString()).isEqualTo(10432);
        }
      }
    }
  }

  private static URI address(Command command) {
    String last = command.words().get(command.words().size() - 1);
    return URI.create(last.startsWith("http") ? last : "http://" + last);
  }

  /** {@code curl …/metrics | grep PATTERN} finds something, whatever part of the pattern it is. */
  @Test
  void shouldLookForMetricsThatThereAre() throws Exception {
    String metrics = exposition();
    Pattern looked = Pattern.compile("/metrics \\| grep (?:-E )?(?:'([^']+)'|(\\S+))");
    int found = 0;
    for (Path page : Runbooks.pages()) {
      for (String block : Runbooks.blocks(page)) {
        for (var match : looked.matcher(block).results().toList()) {
          String pattern = match.group(1) == null ? match.group(2) : match.group(1);
          for (String part : parts(pattern)) {
            assertThat(Pattern.compile(part).matcher(metrics).find())
                .as(page.getFileName() + ": " + part)
                .isTrue();
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThan(20);
  }

  /** {@code a(b|c)} is ab, ac; {@code a|b} is a, b. */
  private static List<String> parts(String pattern) {
    var group = Pattern.compile("^(.*)\\(([^)]*)\\)(.*)$").matcher(pattern);
    String before = group.matches() ? group.group(1) : "";
    String after = group.matches() ? group.group(3) : "";
    List<String> parts = new ArrayList<>();
    for (String part : (group.matches() ? group.group(2) : pattern).split("\\|", -1)) {
      parts.add(before + part + after);
    }
    return parts;
  }

  /** The README's table as samples: a test of the agent holds it to what is exported. */
  private static String exposition() throws IOException {
    return Files.readString(ROOT.resolve("README.md"))
        .lines()
        .filter(line -> line.startsWith("| `walwatch_"))
        .map(line -> line.split("\\|", -1))
        .map(cells -> cells[1].replaceAll("[ `]", "") + "{" + labels(cells[3]) + "} 1\n")
        .reduce("", String::concat);
  }

  private static String labels(String names) {
    return names.isBlank() ? "" : names.strip().replaceAll("(\\w+)", "$1=\"NAME\"");
  }

  @Test
  void shouldNameOnlyCommandsAndOptionsThatWalwatchHas() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-runbooks");
        AgentProcess agent = watch(tree.root())) {
      await().until(() -> agent.get("/-/ready").statusCode() == 200);
      List<Command> own =
          Runbooks.commands().stream().filter(command -> command.begins("walwatch")).toList();
      assertThat(own).hasSizeGreaterThan(10);
      for (Command command : own) {
        var result = launcher(tree.root()).run(arguments(tree.root(), command));
        if (command.words().contains("ID")) {
          assertThat(result.errors()).first().asString().contains("no failure ID is kept");
        } else {
          assertThat(result.exitCode())
              .as(command + "\n" + result.output() + result.errors())
              .isIn(0, 1);
        }
        assertThat(result.errors().toString())
            .as(command.toString())
            .doesNotContain("Unknown option", "Unmatched argument", "Missing required");
      }
    }
  }

  private static Launcher launcher(Path root) {
    return Launcher.packed().with("WALWATCH_STATE_DIR", root.resolve("state").toString());
  }

  /** What a reader would put for the words in capitals. */
  private static String[] arguments(Path root, Command command) {
    List<String> words = new ArrayList<>(command.words().subList(1, command.words().size()));
    words.replaceAll(word -> word.equals("/var/log/postgresql/*.log") ? root + "/main.log" : word);
    if (command.begins("walwatch", "run")) {
      int end = words.indexOf("--");
      words = new ArrayList<>(end < 0 ? words : words.subList(0, end));
      words.addAll(words.contains("--job") ? List.of() : List.of("--job", "NAME"));
      words.addAll(List.of("--spool", root.resolve("spool").toString(), "--", "true"));
    }
    return words.toArray(String[]::new);
  }

  private static AgentProcess watch(Path root) throws IOException {
    Path queue = Files.createDirectories(root.resolve("pg_wal/archive_status"));
    Files.writeString(root.resolve("main.log"), "");
    return Launcher.packed()
        .serve(
            "--archive-status",
            "main=" + queue,
            "--log",
            "main=" + root.resolve("main.log"),
            "--state-dir",
            root.resolve("state").toString());
  }

  @Test
  void shouldHaveShippedRulesAndAConfigurationThatPromtoolTakes() throws Exception {
    List<Command> promtool =
        Runbooks.commands().stream().filter(command -> command.begins("promtool")).toList();
    assertThat(promtool).hasSize(2);
    for (Command command : promtool) {
      List<String> words = new ArrayList<>(command.words().subList(0, command.words().size() - 1));
      List<Path> files =
          command.begins("promtool", "check", "rules")
              ? Tool.files("prometheus", ".rules.yml")
              : List.of(Tool.DEPLOY.resolve("prometheus/prometheus.example.yml"));
      assertThat(Tool.run(words, files)).contains("SUCCESS");
    }
  }
}
