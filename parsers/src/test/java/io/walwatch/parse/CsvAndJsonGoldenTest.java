/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.FailureSeverity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The true counts of the READMEs of testdata for csvlog and jsonlog, typed from there. */
final class CsvAndJsonGoldenTest {
  private static final Map<String, Integer> MIX_FAILURES =
      Map.of(
          "FATAL EXIT 127", 2,
          "FATAL EXIT 137", 2,
          "FATAL EXIT 143", 1,
          "FATAL EXIT 255", 1,
          "LOG EXIT 1", 9,
          "LOG EXIT 2", 1);

  @ParameterizedTest
  @CsvSource({
    "pg12-default, p-postgresql-2026-11-22_090910.csv, 36, 16",
    "pg12-default, p-postgresql-2026-11-22_091018.csv, 15, 6",
    "pg12-default, p-postgresql-2026-11-22_091032.csv, 16, 0",
    "pg12-default, p-postgresql-2026-11-22_091034.csv, 9, 0",
    "pg12-default, s-postgresql-2026-11-22_091034.csv, 28, 3",
    "pg13-exec, p-postgresql-2026-11-22_090945.csv, 25, 11",
    "pg13-exec, p-postgresql-2026-11-22_091027.csv, 18, 0",
    "pg13-exec, p-postgresql-2026-11-22_091029.csv, 11, 0",
    "pg13-exec, s-postgresql-2026-11-22_091029.csv, 30, 3",
    "pg14-debian, p-postgresql-2026-11-22_091008.csv, 324, 16",
    "pg14-debian, p-postgresql-2026-11-22_091117.csv, 39, 6",
    "pg14-debian, p-postgresql-2026-11-22_091131.csv, 22, 0",
    "pg14-debian, p-postgresql-2026-11-22_091134.csv, 17, 0",
    "pg14-debian, s-postgresql-2026-11-22_091134.csv, 38, 3",
    "pg15-de, p-postgresql-2026-11-22_091042.csv, 31, 8",
    "pg15-de, p-postgresql-2026-11-22_091042.json, 31, 8",
    "pg15-debian, p-postgresql-2026-11-22_090722.csv, 335, 16",
    "pg15-debian, p-postgresql-2026-11-22_090832.csv, 44, 6",
    "pg15-debian, p-postgresql-2026-11-22_090848.csv, 22, 0",
    "pg15-debian, p-postgresql-2026-11-22_090852.csv, 17, 0",
    "pg15-debian, s-postgresql-2026-11-22_090852.csv, 38, 3",
    "pg15-debian, p-postgresql-2026-11-22_090722.json, 335, 16",
    "pg15-debian, p-postgresql-2026-11-22_090832.json, 44, 6",
    "pg15-debian, p-postgresql-2026-11-22_090848.json, 22, 0",
    "pg15-debian, p-postgresql-2026-11-22_090852.json, 17, 0",
    "pg15-debian, s-postgresql-2026-11-22_090852.json, 38, 3",
    "pg18-default, p-postgresql-2026-11-22_090722.csv, 335, 16",
    "pg18-default, p-postgresql-2026-11-22_090831.csv, 59, 12",
    "pg18-default, p-postgresql-2026-11-22_090953.csv, 22, 0",
    "pg18-default, p-postgresql-2026-11-22_090956.csv, 17, 0",
    "pg18-default, s-postgresql-2026-11-22_090956.csv, 38, 3",
    "pg18-default, p-postgresql-2026-11-22_090722.json, 335, 16",
    "pg18-default, p-postgresql-2026-11-22_090831.json, 59, 12",
    "pg18-default, p-postgresql-2026-11-22_090953.json, 22, 0",
    "pg18-default, p-postgresql-2026-11-22_090956.json, 17, 0",
    "pg18-default, s-postgresql-2026-11-22_090956.json, 38, 3",
  })
  void shouldFindEveryRowAndEveryFailure(String run, String file, int rows, int failures) {
    Found found = Golden.read("postgres/" + run, file);

    assertThat(Golden.records("postgres/" + run + "/" + file)).isEqualTo(rows);
    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(failures);
  }

  @Test
  void shouldTellTheCodesInEachFormat() {
    for (String run : new String[] {"pg12-default", "pg14-debian", "pg15-debian", "pg18-default"}) {
      Found csv = Golden.read("postgres/" + run, firstLogOf(run) + ".csv");
      assertThat(csv.failures()).as(run).isEqualTo(MIX_FAILURES);
    }
    for (String run : new String[] {"pg15-debian", "pg18-default"}) {
      Found json = Golden.read("postgres/" + run, firstLogOf(run) + ".json");
      assertThat(json.failures()).as(run).isEqualTo(MIX_FAILURES);
      assertThat(
              json.all(LogEvent.ArchiveCommandFailed.class).stream()
                  .filter(e -> e.severity() == FailureSeverity.FATAL))
          .hasSize(6);
    }
  }

  @Test
  void shouldRefuseWhatSessionsForged() {
    Map<String, Integer> forged = Map.of("FORGED postgres: raised in a query or function", 2);

    assertThat(Golden.read("postgres/pg14-debian", "*.csv").rejected()).isEqualTo(forged);
    assertThat(Golden.read("postgres/pg15-debian", "*.csv").rejected()).isEqualTo(forged);
    assertThat(Golden.read("postgres/pg15-debian", "*.json").rejected()).isEqualTo(forged);
    assertThat(Golden.read("postgres/pg18-default", "*.csv").rejected()).isEqualTo(forged);
    assertThat(Golden.read("postgres/pg18-default", "*.json").rejected()).isEqualTo(forged);
  }

  @Test
  void shouldFindTheSameInEveryFormatOfOneServer() {
    for (String run : new String[] {"pg15-debian", "pg18-default"}) {
      Found stderr = Golden.read("postgres/" + run, "[ps]-postgresql-*.log");
      Found csv = Golden.read("postgres/" + run, "[ps]-postgresql-*.csv");
      Found json = Golden.read("postgres/" + run, "[ps]-postgresql-*.json");
      assertThat(serverEvents(csv)).as(run).isEqualTo(serverEvents(stderr));
      assertThat(serverEvents(json)).as(run).isEqualTo(serverEvents(stderr));
      assertThat(hashes(csv)).as(run).isEqualTo(hashes(stderr)).isEqualTo(hashes(json));
    }
  }

  @Test
  void shouldCountTheFailuresOfOneServerOnceWhenOneFormatIsTheAuthority() {
    PipelineOptions childrenOnly = new PipelineOptions(null, null, null, Set.of(), false);
    Found found = new Found();
    for (String glob : new String[] {"*.csv", "*.log"}) {
      Golden.files("wal-e/pg_log", glob)
          .forEach(file -> Golden.read(Golden.bytes(file), childrenOnly, found));
    }
    Golden.files("wal-e/pg_log", "*.json")
        .forEach(file -> Golden.read(Golden.bytes(file), PipelineOptions.DEFAULT, found));

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(26);
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(6);
    assertThat(found.count(LogEvent.Push.class)).isEqualTo(81 + 64);
  }

  @ParameterizedTest
  @CsvSource({"*.csv", "*.json", "*.log"})
  void shouldFindTwentySixFailuresInEachFormatOfWalesServer(String glob) {
    Found found = Golden.read("wal-e/pg_log", glob);

    assertThat(found.failures())
        .isEqualTo(
            Map.of(
                "LOG EXIT 1", 13,
                "LOG EXIT 2", 8,
                "LOG EXIT 111", 3,
                "FATAL EXIT 137", 1,
                "FATAL EXIT 143", 1));
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(6);
    assertThat(Golden.read("wal-e/pg_log2", glob).count(LogEvent.ArchiveCommandFailed.class))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\": \"", "\" :\t\""})
  void shouldReadJsonWithBlanksAroundItsColons(String colon) {
    for (PipelineOptions options :
        List.of(PipelineOptions.DEFAULT, PipelineOptions.DEFAULT.withFraming("jsonlog"))) {
      Found found = new Found();
      for (Path file : Golden.files("postgres/pg15-debian", "p-postgresql-*.json")) {
        String text = new String(Golden.bytes(file), UTF_8).replace("\":\"", colon);
        Golden.read(text.getBytes(UTF_8), options, found);
      }

      assertThat(serverEvents(found))
          .isEqualTo(serverEvents(Golden.read("postgres/pg15-debian", "p-postgresql-*.json")));
      assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(22);
    }
  }

  private static String firstLogOf(String run) {
    String csv =
        Golden.files("postgres/" + run, "p-postgresql-*.csv").get(0).getFileName().toString();
    return csv.substring(0, csv.length() - ".csv".length());
  }

  private static List<LogEvent> serverEvents(Found found) {
    return found.events().stream()
        .filter(e -> !(e instanceof LogEvent.Push) && !(e instanceof LogEvent.Message))
        .toList();
  }

  private static List<Long> hashes(Found found) {
    return found.origins().stream()
        .filter(o -> o.parser().equals("postgres"))
        .map(Origin::textHash)
        .toList();
  }
}
