/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pieces between pieces of others, plug-ins with faults, and what a pipeline is asked to read. */
final class LogPipelineTest {
  private static final String FAILED =
      """
      2026-11-22 09:06:37.476 UTC [5] LOG:  archive command failed with exit code 1
      2026-11-22 09:06:37.476 UTC [5] DETAIL:  The failed archive command was: false
      """;

  @Test
  void shouldSwitchAParserOffThatThrowsAndGoOnWithTheOthers() {
    List<LogParserProvider> providers = new ArrayList<>(Golden.providers());
    providers.add(new FaultyProvider());
    List<String> faults = new ArrayList<>();
    Found found = new Found();

    LogPipeline pipeline =
        LogPipelines.create(
            PipelineOptions.DEFAULT,
            providers,
            found,
            (parser, fault) -> faults.add(String.valueOf(fault.getMessage())));
    feed(pipeline, FAILED + FAILED);
    pipeline.end();

    assertThat(faults).containsExactly("a fault");
    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(2);
  }

  @Test
  void shouldSwitchAParserOffWhateverItThrows() {
    for (Throwable fault : List.of(new Error("plain"), new IOException("undeclared"))) {
      List<Throwable> faults = new ArrayList<>();
      feed(throwing(fault, (parser, thrown) -> faults.add(thrown)), FAILED + FAILED);

      assertThat(faults).containsExactly(fault);
    }
  }

  @Test
  void shouldNotTakeTheMachinesFaultForAParsers() {
    LogPipeline pipeline = throwing(new OutOfMemoryError("none"), ParserFaults.IGNORED);

    assertThatThrownBy(() -> feed(pipeline, FAILED + FAILED)).isInstanceOf(OutOfMemoryError.class);
  }

  private static LogPipeline throwing(Throwable fault, ParserFaults faults) {
    FaultyProvider provider =
        new FaultyProvider() {
          @Override
          public LogParser create() {
            return new LogParser() {
              @Override
              public void accept(LogRecord record, EventSink sink) {
                LogPipelineTest.<RuntimeException>raise(fault);
              }
            };
          }
        };
    return LogPipelines.create(PipelineOptions.DEFAULT, List.of(provider), new Found(), faults);
  }

  /** The compiler takes a checked exception for an unchecked one. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void raise(Throwable fault) throws E {
    throw (E) fault;
  }

  @Test
  void shouldGoOnWithoutAParserThatCannotBeMade() {
    List<LogParserProvider> providers = new ArrayList<>(Golden.providers());
    providers.add(
        new FaultyProvider() {
          @Override
          public LogParser create() {
            throw new Error("not made");
          }
        });
    List<String> faults = new ArrayList<>();
    Found found = new Found();

    LogPipeline pipeline =
        LogPipelines.create(
            PipelineOptions.DEFAULT,
            providers,
            found,
            new ParserFaults() {
              @Override
              public void switchedOff(LogParser parser, Throwable fault) {}

              @Override
              public void notMade(String name, Throwable fault) {
                faults.add(name + ": " + fault.getMessage());
              }
            });
    feed(pipeline, FAILED);
    pipeline.end();

    assertThat(faults).containsExactly("faulty: not made");
    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
  }

  @Test
  void shouldReportAMessageWhenTheStreamIsQuiet() {
    Found found = new Found();
    LogPipeline pipeline = LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), found);

    feed(pipeline, FAILED);
    assertThat(found.events()).isEmpty();
    assertThat(pipeline.pendingOffsetBytes()).isZero();

    pipeline.quiet();
    assertThat(found.events()).hasSize(1);
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
  }

  @Test
  void shouldUseOnlyTheParsersThatAreNamed() {
    PipelineOptions options = new PipelineOptions(null, null, null, Set.of("wal-e"), true);

    assertThat(Golden.readText(FAILED, options).events()).isEmpty();
  }

  @Test
  void shouldPutPiecesOfServerMessagesTogetherThatLieBetweenOthers() {
    Found found =
        Golden.readText(
            """
            Nov 22 09:06:37 vm postgres[7]: [3-1] LOG:  archive command failed with exit code 1
            Nov 22 09:06:37 vm postgres[8]: [5-1] ann@db LOG:  statement: select 1
            Nov 22 09:06:37 vm postgres[7]: [3-2] DETAIL:  The failed archive command was: cp
            Nov 22 09:06:37 vm postgres[8]: [5-2] #011LOG:  archive command failed with exit code 2
            Nov 22 09:06:37 vm postgres[7]: [3-3]  pg_wal/000000010000000000000001 /x
            Nov 22 09:06:38 vm postgres[7]: [4-1] LOG:  archive command failed with exit code 3
            Nov 22 09:06:38 vm postgres[7]: [4-2] DETAIL:  The failed archive command was: false
            """);

    assertThat(found.all(LogEvent.ArchiveCommandFailed.class))
        .extracting(LogEvent.ArchiveCommandFailed::code)
        .containsExactly(1, 3);
    assertThat(found.all(LogEvent.ArchiveCommandFailed.class).get(0).command())
        .isEqualTo("cp pg_wal/000000010000000000000001 /x");
  }

  @Test
  void shouldPutRecordsTogetherWhoseLinesLieBetweenEachOther() {
    String head = "wal_e.worker.upload INFO     MSG: begin archiving a file\n";
    StringBuilder log = new StringBuilder();
    for (int pid = 1; pid <= 3; pid++) {
      log.append("Nov 22 09:06:37 vm archive[" + pid + "]: " + head);
    }
    for (int pid = 3; pid >= 1; pid--) {
      log.append("Nov 22 09:06:37 vm archive[" + pid + "]:         ");
      String file = "00000001000000000000000" + pid;
      log.append("STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=" + pid)
          .append(" action=push-wal key=s3://b/wal_005/" + file + ".lzo prefix= seg=" + file)
          .append(" state=begin\n");
    }

    Found found = Golden.readText(log.toString());

    assertThat(found.all(LogEvent.Push.class))
        .extracting(LogEvent.Push::pid)
        .containsExactly(1L, 2L, 3L);
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldNameTheFramingWhenARecordOfItsIsBroken() {
    Found found =
        Golden.readText("2026-11-22 09:10:34.372 UTC,,,10336,,6b02b18a.2860,1\n{\"x\":\n");

    assertThat(found.rejections()).extracting(Rejection::parser).containsOnly("csvlog");
  }

  private static void feed(LogPipeline pipeline, String text) {
    LineSplitter splitter = new LineSplitter(pipeline::accept);
    byte[] bytes = Ascii.bytes(text);
    splitter.accept(bytes, 0, bytes.length);
  }

  /** A plug-in with a fault. */
  private static class FaultyProvider implements LogParserProvider {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public boolean isArchiver() {
      return true;
    }

    @Override
    public boolean claims(String command) {
      return false;
    }

    @Override
    public LogParser create() {
      return new LogParser() {
        @Override
        public void accept(LogRecord record, EventSink sink) {
          throw new IllegalStateException("a fault");
        }
      };
    }
  }
}
