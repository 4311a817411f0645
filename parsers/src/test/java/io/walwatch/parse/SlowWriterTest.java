/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever passes on a log line by line may let a message stand half written for a while. */
final class SlowWriterTest {
  private static final String PREFIX = "2026-11-22 09:06:37.476 UTC [5] ";
  private static final String LOG = PREFIX + "LOG:  archive command failed with exit code 1\n";
  private static final String DETAIL =
      PREFIX + "DETAIL:  The failed archive command was: cp pg_wal/000000010000000000000001 /x\n";
  private static final String READY =
      PREFIX + "LOG:  database system is ready to accept connections\n";
  private static final String NO_PROOF = "FORGED postgres: no proof that the archiver wrote it";

  /** The heads of the two lines in framings that one may be passed on in. */
  static List<List<String>> heads() {
    return List.of(
        List.of("", ""),
        List.of("2026-11-22T09:06:37.476123456Z stderr F ", "2026-11-22T09:06:38.1Z stderr F "),
        List.of("Nov 22 09:06:37 vm postgres[5]: [5-1] ", "Nov 22 09:06:38 vm postgres[5]: [5-2] "),
        List.of("Nov 22 09:06:37 vm postgres[5]: ", "Nov 22 09:06:38 vm postgres[5]: "));
  }

  private final Found found = new Found();
  private final LogPipeline pipeline =
      LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), found);
  private final LineSplitter splitter = new LineSplitter(pipeline::accept);

  @ParameterizedTest
  @MethodSource("heads")
  void shouldWaitForTheDetailOfAFailure(List<String> heads) {
    write(heads.get(0) + LOG);
    pipeline.quiet();

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).isEmpty();
    assertThat(pipeline.pendingOffsetBytes()).isZero();

    write(heads.get(1) + DETAIL);
    pipeline.quiet();
    pipeline.longQuiet();

    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 1", 1));
    assertThat(found.rejections()).isEmpty();
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void shouldJudgeByWhatThereIsOnceNobodyWrites(List<String> heads) {
    write(heads.get(0) + LOG);
    pipeline.quiet();
    pipeline.longQuiet();

    assertThat(found.rejected()).isEqualTo(Map.of(NO_PROOF, 1));
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void shouldReportAtOnceWhatNeedsNoDetail(List<String> heads) {
    write(heads.get(0) + READY);
    pipeline.quiet();

    assertThat(found.turns(LogEvent.ServerTurn.READY)).isEqualTo(1);
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void shouldWaitNoLongerThanToTheNextMessageOfTheProcess(List<String> heads) {
    write(heads.get(0) + LOG);
    pipeline.quiet();
    write(heads.get(0).replace("[5-1]", "[6-1]") + READY);
    pipeline.quiet();

    assertThat(found.rejected()).isEqualTo(Map.of(NO_PROOF, 1));
    assertThat(found.turns(LogEvent.ServerTurn.READY)).isEqualTo(1);
  }

  @Test
  void shouldWaitForTheDetailInAnyLanguage() {
    String german = PREFIX + "LOG:  Archivbefehl ist fehlgeschlagen mit Statuscode 1\n";
    write(german);
    pipeline.quiet();
    assertThat(pipeline.pendingOffsetBytes()).isZero();
    write(DETAIL);
    pipeline.longQuiet();

    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 1", 1));
  }

  @Test
  void shouldReportWhatWasWrittenMeanwhileAfterTheFailure() {
    write(LOG);
    pipeline.quiet();
    write(READY.replace("[5]", "[1]"));
    pipeline.quiet();
    assertThat(found.events()).isEmpty();
    write(DETAIL);
    pipeline.longQuiet();

    assertThat(found.events()).hasSize(2);
    assertThat(found.origins()).isSortedAccordingTo(Comparator.comparing(Origin::offsetBytes));
  }

  @Test
  void shouldHoldNoMoreLinesThanItsBound() {
    write(LOG);
    for (int i = 0; i < 64; i++) {
      pipeline.quiet();
      write("2026-11-22 09:06:38.476 UTC [7] LOG:  something else\n");
    }

    assertThat(found.rejected()).isEqualTo(Map.of(NO_PROOF, 1));
    pipeline.quiet();
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
  }

  @ParameterizedTest
  @MethodSource("heads")
  void shouldWaitForTheContextThatRefutesAFailure(List<String> heads) {
    String second = heads.get(1);
    for (String line :
        List.of(
            heads.get(0) + LOG,
            second + DETAIL,
            second.replace("[5-2]", "[5-3]")
                + PREFIX
                + "CONTEXT:  PL/pgSQL function f() line 1 at RAISE\n")) {
      write(line);
      pipeline.quiet();
    }
    pipeline.longQuiet();

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).hasSize(1);
  }

  @Test
  void shouldFindTheSameFailuresIfItIsQuietBetweenAnyTwoLines() {
    for (AnyChunkTest.Log log : AnyChunkTest.logs()) {
      if (log.toString().startsWith("unnumbered syslog of") && log.toString().contains("-de/")) {
        // There a quiet moment tells more than the lines: where a German message ends.
        continue;
      }
      Found whole = new Found();
      Golden.read(log.bytes(), PipelineOptions.DEFAULT, whole);
      Found slow = slowly(log.bytes());

      assertThat(slow.failures()).as("%s", log).isEqualTo(whole.failures());
      assertThat(slow.count(LogEvent.Push.class)).isEqualTo(whole.count(LogEvent.Push.class));
    }
  }

  private static Found slowly(byte[] bytes) {
    Found slow = new Found();
    LogPipeline pipeline = LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), slow);
    LineSplitter lines =
        new LineSplitter(
            line -> {
              pipeline.accept(line);
              pipeline.quiet();
            });
    lines.accept(bytes, 0, bytes.length);
    lines.end();
    pipeline.end();
    return slow;
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    splitter.accept(bytes, 0, bytes.length);
  }
}
