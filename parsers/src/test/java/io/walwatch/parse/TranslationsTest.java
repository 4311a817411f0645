/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverSightings.Sighting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archiver in every language that PostgreSQL 15 speaks, by rules that know none of them. */
final class TranslationsTest {
  private static final String TIME = "2026-11-22 09:06:37.476 UTC";

  /** The archiver waits a second between two attempts; a FATAL ends it. */
  private static final String EARLIER = "2026-11-22 09:06:36.476 UTC";

  private static final String SEGMENT = "000000010000000000000007";
  private static final String OTHER = "000000010000000000000009";
  private static final Map<String, Map<String, String>> CATALOGUES = catalogues();

  static Set<String> languages() {
    return CATALOGUES.keySet();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void shouldUnderstandTheArchiverInCsvlog(String language) {
    Map<String, String> says = catalogue(language);
    String log =
        csv(says, "log", "00000", exit(says, 1), detail(says))
            + csv(says, "fatal", "XX000", exit(says, 255), detail(says))
            + csv(says, "fatal", "XX000", signal(says), detail(says))
            + csv(says, "warning", "01000", gaveUp(says), "")
            + csv(says, "warning", "01000", orphan(says), "")
            + csv(says, "warning", "01000", Objects.requireNonNull(says.get("not_configured")), "")
            + csv(says, "warning", "01000", rename(says), "");

    assertThat(kinds(read(log, "csvlog", null, ArchiverWitness.NONE)))
        .containsExactly(
            "LOG EXIT 1", "FATAL EXIT 255", "FATAL SIGNAL 9", "GAVE UP", "ORPHAN", "NOT SET");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void shouldUnderstandTheArchiverWhereThePrefixNamesSessions(String language) {
    Map<String, String> says = catalogue(language);

    Found found = read(archiver(says), "%m [%p] %q%u@%d ", ArchiverWitness.NONE);

    assertThat(kinds(found))
        .containsSubsequence("LOG EXIT 1", "FATAL EXIT 255", "FATAL SIGNAL 9", "GAVE UP");
    assertThat(kinds(found).stream().filter(kind -> kind.equals("GAVE UP"))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void shouldUnderstandTheArchiverWhomSomebodySaw(String language) {
    Map<String, String> says = catalogue(language);
    Instant at = Instant.parse("2026-11-22T09:06:37.476Z");
    ArchiverSightings seen =
        new ArchiverSightings(List.of(new Sighting(5, at.minusSeconds(60), at)));

    Found found = read(archiver(says), "%m [%p] ", time -> seen);

    assertThat(kinds(found))
        .containsSubsequence("LOG EXIT 1", "FATAL EXIT 255", "FATAL SIGNAL 9", "GAVE UP");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void shouldBelieveNoSessionInAnyLanguage(String language) {
    Map<String, String> says = catalogue(language);
    String context = says.get("context") + "PL/pgSQL f() 1 RAISE";
    String statement = says.get("statement") + "select f() /* pg_wal/" + SEGMENT + " */";
    String english = "archive command failed with exit code 1";
    String forged =
        line(7, says.get("log") + ":  " + english, says.get("detail") + detail(says), context)
            + line(
                7,
                says.get("log") + ":  " + exit(says, 1),
                says.get("detail") + detail(says),
                context,
                statement)
            + line(7, says.get("warning") + ":  " + gaveUp(says), context)
            + line(7, says.get("warning") + ":  " + says.get("not_configured"), context, statement)
            + line(7, says.get("error") + ":  »5« 5", statement)
            + line(7, says.get("error") + ":  \"" + SEGMENT + "\"", statement)
            + line(7, says.get("error") + ":  »" + SEGMENT + "«")
            + line(7, says.get("error") + ":  »/archive_status/" + SEGMENT + ".ready«")
            + line(7, says.get("error") + ":  »archive_mode«", statement)
            + line(7, says.get("error") + ":  »archive_mode«");

    assertThat(read(forged, "%m [%p] ", ArchiverWitness.NONE).events()).isEmpty();
  }

  @Test
  void shouldTellFromAnOrphanWhatOnlyLooksLikeOne() {
    String english =
        line(
                5,
                "WARNING:  removal of orphan archive status file \"pg_wal/archive_status/"
                    + SEGMENT
                    + ".ready\" failed too many times, will try again later")
            + line(
                5,
                "WARNING:  could not rename file \"pg_wal/archive_status/"
                    + SEGMENT
                    + ".ready\" to \"pg_wal/archive_status/"
                    + SEGMENT
                    + ".done\": No space left on device")
            + line(
                5,
                "LOG:  could not create archive status file \"pg_wal/archive_status/"
                    + SEGMENT
                    + ".ready\": No space left on device");

    assertThat(read(english, "%m [%p] ", ArchiverWitness.NONE).events()).isEmpty();
  }

  /** Three attempts of which the last is given up, and what another process says meanwhile. */
  private static String archiver(Map<String, String> says) {
    String log = says.get("log") + ":  ";
    String detail = says.get("detail") + detail(says);
    return line(5, log + exit(says, 1), detail).replace(TIME, EARLIER)
        + line(9, log + "»" + OTHER + "«")
        + line(5, says.get("fatal") + ":  " + exit(says, 255), detail)
        + line(5, says.get("fatal") + ":  " + signal(says), detail)
        + line(5, says.get("warning") + ":  " + gaveUp(says))
        + line(9, log + "\"" + SEGMENT + "\"");
  }

  private static List<String> kinds(Found found) {
    return found.events().stream()
        .map(
            event -> {
              if (event instanceof LogEvent.ArchiveCommandFailed failed) {
                assertThat(failed.file()).isEqualTo(WalFile.parse(SEGMENT));
                return failed.severity() + " " + failed.cause() + " " + failed.code();
              }
              return event instanceof LogEvent.ArchiveCommandGaveUp
                  ? "GAVE UP"
                  : event instanceof LogEvent.ArchiveOrphanRemoved ? "ORPHAN" : "NOT SET";
            })
        .toList();
  }

  private static String exit(Map<String, String> says, int code) {
    return text(says, "failed_exit").replace("%d", Integer.toString(code));
  }

  private static String signal(Map<String, String> says) {
    return text(says, "failed_signal").replace("%d", "9").replace("%s", "Killed");
  }

  private static String detail(Map<String, String> says) {
    return text(says, "command").replace("%s", "cp pg_wal/" + SEGMENT + " /x");
  }

  private static String gaveUp(Map<String, String> says) {
    return text(says, "gave_up").replace("%s", SEGMENT);
  }

  private static String orphan(Map<String, String> says) {
    String path = "pg_wal/archive_status/" + SEGMENT + ".ready";
    return text(says, "orphan").replace("%s", path).replace("%m", "Success");
  }

  private static String rename(Map<String, String> says) {
    String path = "pg_wal/archive_status/" + SEGMENT;
    return text(says, "rename")
        .replaceFirst("%s", path + ".ready")
        .replaceFirst("%s", path + ".done")
        .replace("%m", "No space left on device");
  }

  private static String line(long pid, String... parts) {
    StringBuilder lines = new StringBuilder();
    for (String part : parts) {
      lines.append(TIME).append(" [").append(pid).append("] ").append(part).append('\n');
    }
    return lines.toString();
  }

  private static String csv(
      Map<String, String> says, String severity, String state, String message, String detail) {
    return String.join(
            ",",
            TIME + ",,,5,,6b02b0ca.5,1,,2026-11-22 09:06:22 UTC,,0",
            text(says, severity),
            state,
            quoted(message),
            quoted(detail) + ",,,,,,,,\"\",\"archiver\",,0")
        + "\n";
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String text(Map<String, String> says, String name) {
    return says.getOrDefault(name, "");
  }

  private static Map<String, String> catalogue(String language) {
    return CATALOGUES.getOrDefault(language, Map.of());
  }

  private static Found read(String text, String prefix, ArchiverWitness witness) {
    return read(text, "stderr", prefix, witness);
  }

  private static Found read(
      String text, String framing, @Nullable String prefix, ArchiverWitness witness) {
    PipelineOptions options =
        new PipelineOptions(framing, prefix, null, Set.of(), true).withArchiver(witness);
    Found found = new Found();
    Golden.read(text.getBytes(StandardCharsets.UTF_8), options, found);
    return found;
  }

  private static Map<String, Map<String, String>> catalogues() {
    Map<String, Map<String, String>> catalogues = new HashMap<>();
    byte[] bytes = Golden.bytes("translations/postgres-15.tsv");
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 3) {
        catalogues.computeIfAbsent(fields[0], name -> new HashMap<>()).put(fields[1], fields[2]);
      }
    }
    return catalogues;
  }
}
