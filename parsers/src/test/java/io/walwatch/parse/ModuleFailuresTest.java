/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverSightings.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Failures of an archive_library, on stderr. Counts typed from testdata/postgres/README.md,
 * pg15-modules.
 */
final class ModuleFailuresTest {
  private static final String FOLDER = "postgres/pg15-modules";
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  /** Somebody who has seen archiver 7, and knows which library it has. */
  private record Seen(String library, List<Sighting> sightings) implements ArchiverWitness {
    static Seen of(String library) {
      return new Seen(library, List.of(new Sighting(7, START, START.plusSeconds(600))));
    }

    @Override
    public ArchiverSightings upTo(@Nullable Instant at) {
      return new ArchiverSightings(sightings);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic-default.log", "basic-debian.log"})
  void shouldCountWhatBasicArchiveCannotWriteWithoutAWitness(String file) {
    Found found = Golden.read(FOLDER, file);

    assertThat(found.failures()).isEqualTo(Map.of("LOG MODULE null", 3));
    assertThat(found.all(LogEvent.ArchiveCommandFailed.class))
        .extracting(LogEvent.ArchiveCommandFailed::file)
        .containsOnly(WalFile.parse("000000010000000000000006"));
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(1);
    assertThat(found.rejected()).isEmpty();
  }

  @Test
  void shouldCountALibraryThatIsMissingWhereThePrefixShowsThatNoClientIsServed() {
    PipelineOptions options = new PipelineOptions(null, "%m [%p] %q%u@%d ", null, Set.of(), true);

    assertThat(Golden.read(FOLDER, "lib-debian.log", options).failures())
        .isEqualTo(Map.of("FATAL MODULE null", 3));
  }

  @Test
  void shouldCountALibraryThatIsMissingWhereItIsTheServers() {
    PipelineOptions options =
        PipelineOptions.DEFAULT.withArchiver(new Seen("nosuch_lib", List.of()));

    for (String file : List.of("lib-default.log", "lib-debian.log")) {
      Found found = Golden.read(FOLDER, file, options);
      assertThat(found.failures()).as(file).isEqualTo(Map.of("FATAL MODULE null", 3));
      assertThat(found.rejected()).isEmpty();
    }
  }

  @Test
  void shouldNotTakeALibraryOfASessionForTheArchivers() {
    String text =
        "2026-11-22 09:20:00.000 UTC [8] FATAL:  could not access file \"%s\": No such file or"
            + " directory\n";

    assertThat(read("basic_archive", text.replace("%s", "auto_explain")).events()).isEmpty();
    assertThat(read("basic_archive", text.replace("%s", "$libdir/plugins/basic_archive")).events())
        .isEmpty();
    assertThat(read("", text.replace("%s", "basic_archive")).events()).isEmpty();
    assertThat(read("basic_archive", text.replace("%s", "$libdir/basic_archive")).events())
        .hasSize(1);
  }

  @Test
  void shouldCountAnyErrorOfAnArchiverThatSomebodyHasSeen() {
    String error = "2026-11-22 09:05:00.000 UTC [%d] ERROR:  no room in the bucket\n";

    assertThat(read("mine", error.replace("%d", "7")).failures())
        .isEqualTo(Map.of("LOG MODULE null", 1));
    assertThat(read("mine", error.replace("%d", "8")).events()).isEmpty();
    assertThat(read("mine", error.replace("%d", "8") + error.replace("%d", "7")).events())
        .hasSize(1);
  }

  @Test
  void shouldCountALibraryThatIsNoModule() {
    String text = "2026-11-22 09:20:00.000 UTC [9] FATAL:  archive modules %s\n";

    for (String rest :
        List.of(
            "have to define the symbol _PG_archive_module_init",
            "must register an archive callback")) {
      assertThat(Golden.readText(text.replace("%s", rest)).failures())
          .isEqualTo(Map.of("FATAL MODULE null", 1));
    }
  }

  @Test
  void shouldRefuseTheWordsOfBasicArchiveFromAFunctionAndOfAnotherProcess() {
    String error =
        "2026-11-22 09:05:00.000 UTC [8] ERROR:  could not create file"
            + " \"/a/archtemp.000000010000000000000006.%d.1795382455355\": Permission denied\n";
    String context = "2026-11-22 09:05:00.000 UTC [8] CONTEXT:  PL/pgSQL function f() line 1\n";

    assertThat(Golden.readText(error.replace("%d", "8")).events()).hasSize(1);
    assertThat(Golden.readText(error.replace("%d", "9")).events()).isEmpty();
    assertThat(Golden.readText(error.replace("%d", "8") + context).rejected().keySet())
        .containsExactly("FORGED postgres: raised in a query or function");
    assertThat(read("basic_archive", error.replace("%d", "8")).rejected().keySet())
        .containsExactly("FORGED postgres: written by another process than the archiver");
  }

  private static Found read(String library, String text) {
    PipelineOptions options =
        new PipelineOptions(null, "%m [%p] ", null, Set.of(), true).withArchiver(Seen.of(library));
    return Golden.readText(text, options);
  }
}
