/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and their logs, from hosts laid out as distributions do. */
final class WatchPlannerTest {
  private static final Set<String> ALL = Set.of("stderr", "csvlog", "jsonlog");
  private static final String DATA = "/var/lib/postgresql/data";

  @TempDir Path root;

  private HostTree host;

  @BeforeEach
  void openHost() {
    host = new HostTree(root);
  }

  @Test
  void shouldFindDebiansLogWithoutACollector() throws IOException {
    debian("log_line_prefix = '%m [%p] %q%u@%d '\nlog_timezone = 'Europe/Berlin'\n");
    host.file("/var/lib/postgresql/15/main/postgresql.auto.conf", "")
        .file("/var/log/postgresql/postgresql-15-main2.log", "another server's\n");
    WatchPlan plan = plan();
    assertThat(plan.sources())
        .containsExactly(
            new LogSource(
                "15/main/stderr",
                "15/main",
                files("/var/log/postgresql/postgresql-15-main.log"),
                new PipelineOptions(
                    "stderr", "%m [%p] %q%u@%d ", ZoneId.of("Europe/Berlin"), Set.of(), true),
                true));
    assertThat(plan.servers()).extracting(ServerConfig::name).containsExactly("15/main");
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void shouldReadWithWhichTagTheServerWritesToSyslog() throws IOException {
    debian("syslog_ident = 'pgmain'\n");
    assertThat(plan().sources())
        .singleElement()
        .extracting(source -> source.pipeline().syslogIdent())
        .isEqualTo("pgmain");
  }

  @Test
  void shouldFindDebiansLogOfAServerWhoseDataCannotBeRead() throws IOException {
    debian("log_line_prefix = 'x '\n");
    host.mode("/var/lib/postgresql/15/main", "rwx------");
    WatchPlan plan = plan();
    assertThat(plan.sources()).extracting(LogSource::name).containsExactly("15/main/stderr");
    assertThat(plan.findings())
        .singleElement()
        .extracting(Finding::access)
        .isNotEqualTo(Optional.empty());
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void shouldSayWhyAConfiguredServerCannotBeRead() throws IOException {
    host.file("/srv/pg/PG_VERSION", "15\n").mode("/srv/pg", "rwx------");
    WatchPlan plan =
        plan(
            List.of(
                new ServerConfig(
                    "db", Optional.of(host.path("/srv/pg")), Optional.empty(), Optional.empty())),
            List.of());
    assertThat(plan.problems().get(0)).startsWith("db: user walwatch cannot read ");
    assertThat(plan.problems().get(1))
        .isEqualTo(
            "db has no configuration that can be read, so its log is not found: name it with --log"
                + " db=FILE");
  }

  @Test
  void shouldFindTheCollectorsFilesWithPostgresDefaults() throws IOException {
    container("logging_collector = on\n", "16");
    LogSource source = plan().sources().get(0);
    assertThat(source.name()).isEqualTo("main/stderr");
    assertThat(source.input()).isEqualTo(files(DATA + "/log/" + DATED + ".log"));
    assertThat(source.pipeline())
        .isEqualTo(new PipelineOptions("stderr", "%m [%p] ", ZoneId.of("GMT"), Set.of(), true));

    container("logging_collector = on\n", "9.6");
    assertThat(plan().sources().get(0).input())
        .isEqualTo(files(DATA + "/pg_log/" + DATED + ".log"));
    assertThat(plan().sources().get(0).pipeline().logLinePrefix()).isEmpty();
  }

  @Test
  void shouldLetTheMostTellingFormatSpeakAndReadTheOthersForChildrenOnly() throws IOException {
    container(
        """
        logging_collector = on
        log_destination = 'stderr, CSVLOG'
        log_directory = '/var/log/pg[1]'
        log_filename = 'pg-%a.log'
        """,
        "16");
    List<LogSource> sources = plan().sources();
    assertThat(sources).extracting(LogSource::name).containsExactly("main/csvlog", "main/stderr");
    assertThat(sources)
        .extracting(source -> source.pipeline().serverMessages())
        .containsExactly(true, false);
    assertThat(sources.get(0).input()).isEqualTo(files("/var/log/pg\\[1\\]/pg-*.csv"));
  }

  @Test
  void shouldTellWhichLogAloneHoldsWhatTheServerSays() throws IOException {
    container("logging_collector = on\nlog_destination = csvlog\n", "16");
    assertThat(plan().sources()).extracting(LogSource::alone).containsExactly(true, false);
    container("logging_collector = on\nlog_destination = 'stderr, csvlog'\n", "16");
    assertThat(plan().sources()).extracting(LogSource::alone).containsExactly(false, false);
    container("logging_collector = on\n", "16");
    assertThat(plan().sources()).extracting(LogSource::alone).containsExactly(true);
  }

  @Test
  void shouldReadTheRawOutputOfChildrenBesideACsvLogThatCannotBeRead() throws IOException {
    container("logging_collector = on\nlog_destination = csvlog\n", "16");
    WatchPlan plan = host.plan(AgentConfig.DEFAULT, Map.of(), Set.of("stderr"));
    assertThat(plan.sources()).extracting(LogSource::name).containsExactly("main/stderr");
    assertThat(plan.problems())
        .containsExactly(
            "main writes its own messages as csvlog only, which cannot be read: add stderr to"
                + " log_destination");
  }

  @Test
  void shouldAddTheCurrentFilesThatSettingsDoNotExplain() throws IOException {
    container("logging_collector = on\n", "16");
    host.file(DATA + "/current_logfiles", "stderr old/server-20261122.log\nnonsense\n");
    assertThat(plan().sources().get(0).input())
        .isEqualTo(files(DATA + "/log/" + DATED + ".log", DATA + "/old/server-[0-9]*.log"));
    host.file(DATA + "/current_logfiles", "stderr log/postgresql-2026-11-22_091029.log\n");
    assertThat(plan().sources().get(0).input()).isEqualTo(files(DATA + "/log/" + DATED + ".log"));
  }

  @Test
  void shouldBelieveCurrentLogfilesWhereSettingsCannotBeRead() throws IOException {
    host.file(DATA + "/PG_VERSION", "16\n")
        .file(DATA + "/current_logfiles", "stderr log/a-1.log\n");
    assertThat(plan().sources().get(0).input())
        .isEqualTo(files(DATA + "/log/" + DATED + ".log", DATA + "/log/a-[0-9]*.log"));
    assertThat(plan().sources().get(0).pipeline().logLinePrefix()).isNull();
  }

  @Test
  void shouldSayWhereALogCannotBeFound() throws IOException {
    container("log_destination = 'stderr,syslog'\n", "16");
    assertThat(plan().sources()).isEmpty();
    assertThat(plan().problems())
        .containsExactly(
            "main logs to syslog: name the file that it ends in, with --log main=FILE or as a"
                + " source",
            "main logs to the standard error of its process: set logging_collector = on, or name"
                + " the file that it ends in with --log main=FILE");
  }

  @Test
  void shouldReadConfiguredLogsInsteadOfSearchingEachAsASourceOfItsOwn() throws IOException {
    container("logging_collector = on\nlog_line_prefix = '%t '\n", "16");
    ServerConfig server =
        new ServerConfig(
            "db",
            Optional.of(host.path(DATA)),
            Optional.empty(),
            Optional.of(List.of("/x/*.log", "/y.log")));
    WatchPlan plan = plan(List.of(server), List.of());
    assertThat(plan.sources()).extracting(LogSource::name).containsExactly("db/log", "db/log-2");
    assertThat(plan.sources().get(1).pipeline().logLinePrefix()).isEqualTo("%t ");
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void shouldGiveEachSourceItsServerAndLeaveAuthorityToTheServersOwnLog() {
    ServerConfig own = bare("a", List.of("/x.log"));
    ServerConfig none = bare("b", List.of());
    WatchPlan plan =
        plan(List.of(own, none), List.of(source("s", "a"), source("t", "b"), source("u", "c")));
    assertThat(plan.servers()).extracting(ServerConfig::name).containsExactly("a", "b", "c");
    assertThat(plan.sources())
        .extracting(source -> source.name() + " " + source.server())
        .containsExactly("a/log a", "s a", "t b", "u c");
    assertThat(plan.sources())
        .extracting(source -> source.pipeline().serverMessages())
        .containsExactly(true, false, true, true);
  }

  @Test
  void shouldGiveASourceWithoutAServerToTheOnlyOneElseToMain() {
    assertThat(plan(List.of(bare("a", List.of())), List.of(source("s", ""))).sources().get(0))
        .extracting(LogSource::server)
        .isEqualTo("a");
    WatchPlan plan = plan(List.of(), List.of(source("s", "")));
    assertThat(plan.sources().get(0).server()).isEqualTo("main");
    assertThat(plan.servers()).extracting(ServerConfig::name).containsExactly("main");
  }

  @Test
  void shouldPassOnWhatIsWrongWithAServersSettings() throws IOException {
    container("logging_collector = on\nbroken = = 1\n", "16");
    assertThat(plan().problems())
        .containsExactly(
            "main: " + host.path(DATA + "/postgresql.conf") + " line 2 is not understood");
  }

  private static final String DATED =
      "postgresql-"
          + "[0-9]".repeat(4)
          + "-"
          + "[0-9]".repeat(2)
          + "-"
          + "[0-9]".repeat(2)
          + "_"
          + "[0-9]".repeat(6);

  private void debian(String conf) throws IOException {
    host.file("/var/lib/postgresql/15/main/PG_VERSION", "15\n")
        .file(
            "/etc/postgresql/15/main/postgresql.conf",
            "data_directory = '/var/lib/postgresql/15/main'\n" + conf);
  }

  private void container(String conf, String version) throws IOException {
    host.file(DATA + "/PG_VERSION", version + "\n").file(DATA + "/postgresql.conf", conf);
  }

  private WatchPlan plan() {
    return host.plan(AgentConfig.DEFAULT, Map.of(), ALL);
  }

  private WatchPlan plan(List<ServerConfig> servers, List<SourceConfig> sources) {
    AgentConfig none = AgentConfig.DEFAULT;
    return host.plan(
        new AgentConfig(
            none.listen(),
            none.webConfig(),
            none.stateDirectory(),
            none.pluginDirectory(),
            servers,
            sources,
            none.backups(),
            none.jobs(),
            none.limits(),
            false),
        Map.of(),
        ALL);
  }

  private SourceInput files(String... names) {
    return new SourceInput.Files(
        List.of(names).stream().map(name -> LogFileNames.literal(root.toString()) + name).toList());
  }

  private static ServerConfig bare(String name, List<String> logs) {
    return new ServerConfig(name, Optional.empty(), Optional.empty(), Optional.of(logs));
  }

  private static SourceConfig source(String name, String server) {
    return new SourceConfig(
        name,
        Optional.of(server).filter(text -> !text.isEmpty()),
        new SourceInput.Files(List.of("/s.log")),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
