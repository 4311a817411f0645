/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogEvent.ServerTurn;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.WalFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The fields of INTERFACE.md, "One JSON line of parse": exactly these, absent ones left out. */
final class LinePrinterTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final WalFile SEGMENT =
      Objects.requireNonNull(WalFile.parse("000000010000000000000001"));
  private static final WalFile HISTORY = Objects.requireNonNull(WalFile.parse("00000002.history"));

  @Test
  void shouldPrintAPush() throws IOException {
    assertThat(
            line(
                new LogEvent.Push(
                    NOON, "wal-e", PushState.COMPLETE, SEGMENT, 7L, "s3://b/x", 1024.5)))
        .isEqualTo(
            "{\"event\":\"push\",\"archiver\":\"wal-e\",\"state\":\"complete\","
                + "\"file\":\"000000010000000000000001\",\"kind\":\"segment\",\"pid\":7,"
                + "\"store\":\"s3://b/x\",\"rate_bytes_per_second\":1024.5,"
                + "\"at\":\"2026-11-22T12:00:00Z\","
                + "\"parser\":\"p\",\"source\":\"a.log\",\"offset\":12}\n");
  }

  @Test
  void shouldKeepAFaultOfTheOutputFromTheParsers() throws IOException {
    LinePrinter printer =
        new LinePrinter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            false);
    LogEvent event = new LogEvent.ArchiveCommandGaveUp(null, SEGMENT);
    for (int i = 0; i < 1_000; i++) {
      printer.event(event, new Origin("p", 12, 0));
    }
    assertThat(printer.isBroken()).isTrue();
    assertThatThrownBy(printer::finish)
        .hasMessage("the output cannot be written: No space left on device");
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() throws IOException {
    assertThat(line(new LogEvent.Push(null, "wal-g", PushState.BEGIN, HISTORY, null, null, null)))
        .isEqualTo(
            "{\"event\":\"push\",\"archiver\":\"wal-g\",\"state\":\"begin\","
                + "\"file\":\"00000002.history\",\"kind\":\"history\","
                + "\"parser\":\"p\",\"source\":\"a.log\",\"offset\":12}\n");
    assertThat(
            fields(
                new LogEvent.ArchiveCommandFailed(
                    null, FailureSeverity.LOG, FailureCause.MODULE, null, null, null)))
        .isEqualTo(
            "{\"event\":\"archive_command_failed\",\"severity\":\"log\",\"cause\":\"module\"");
  }

  @Test
  void shouldPrintAFetch() throws IOException {
    assertThat(
            fields(
                new LogEvent.Fetch(
                    null, "wal-e", FetchAction.PREFETCH, FetchState.HIT, SEGMENT, 8L, "s3://b/y")))
        .isEqualTo(
            "{\"event\":\"fetch\",\"archiver\":\"wal-e\",\"action\":\"prefetch\","
                + "\"state\":\"hit\",\"file\":\"000000010000000000000001\","
                + "\"kind\":\"segment\",\"pid\":8,\"store\":\"s3://b/y\"");
  }

  @Test
  void shouldPrintAMessage() throws IOException {
    assertThat(
            fields(
                new LogEvent.Message(
                    null, "wal-e", MessageSeverity.CRITICAL, 9L, "no \"key\"", "A\nB", true)))
        .isEqualTo(
            "{\"event\":\"message\",\"archiver\":\"wal-e\",\"severity\":\"critical\","
                + "\"pid\":9,\"text\":\"no \\\"key\\\"\",\"detail\":\"A\\nB\"");
  }

  @Test
  void shouldPrintAFailedArchiveCommand() throws IOException {
    assertThat(
            fields(
                new LogEvent.ArchiveCommandFailed(
                    null, FailureSeverity.FATAL, FailureCause.SIGNAL, 9, SEGMENT, "cp %p /x")))
        .isEqualTo(
            "{\"event\":\"archive_command_failed\",\"severity\":\"fatal\","
                + "\"cause\":\"signal\",\"code\":9,\"file\":\"000000010000000000000001\","
                + "\"kind\":\"segment\",\"command\":\"cp %p /x\"");
  }

  @Test
  void shouldPrintWhatElsePostgresSaysAboutAFile() throws IOException {
    String file = "\"file\":\"000000010000000000000001\",\"kind\":\"segment\"";
    assertThat(fields(new LogEvent.ArchiveCommandGaveUp(null, SEGMENT)))
        .isEqualTo("{\"event\":\"archive_command_gave_up\"," + file);
    assertThat(fields(new LogEvent.ArchiveOrphanRemoved(null, SEGMENT)))
        .isEqualTo("{\"event\":\"archive_orphan_removed\"," + file);
    assertThat(fields(new LogEvent.WalSegmentMissing(null, SEGMENT)))
        .isEqualTo("{\"event\":\"wal_segment_missing\"," + file);
    assertThat(fields(new LogEvent.ArchiveCommandGaveUp(null, null)))
        .isEqualTo("{\"event\":\"archive_command_gave_up\"");
  }

  @Test
  void shouldPrintWhatElsePostgresSays() throws IOException {
    assertThat(fields(new LogEvent.ArchiveNotConfigured(null)))
        .isEqualTo("{\"event\":\"archive_not_configured\"");
    assertThat(fields(new LogEvent.WalOutOfSpace(null)))
        .isEqualTo("{\"event\":\"wal_out_of_space\"");
    assertThat(fields(new LogEvent.BackupStopWait(null, 60)))
        .isEqualTo("{\"event\":\"backup_stop_wait\",\"seconds\":60");
    assertThat(fields(new LogEvent.Server(null, ServerTurn.PROMOTED)))
        .isEqualTo("{\"event\":\"server\",\"state\":\"promoted\"");
  }

  @Test
  void shouldPrintRejectionsOnRequestOnly() throws IOException {
    Rejection rejection = new Rejection(Rejection.Verdict.FORGED, "wal-e", "not a child", 5);
    assertThat(printed(false, printer -> printer.rejected(rejection))).isEmpty();
    assertThat(printed(true, printer -> printer.rejected(rejection)))
        .isEqualTo(
            "{\"rejected\":\"forged\",\"parser\":\"wal-e\",\"reason\":\"not a child\","
                + "\"source\":\"a.log\",\"offset\":5}\n");
  }

  @Test
  void shouldPrintOneLineForEachEventAndNoneForNone() throws IOException {
    LogEvent event = new LogEvent.WalOutOfSpace(null);
    assertThat(printed(false, printer -> {})).isEmpty();
    assertThat(
            printed(
                false,
                printer -> {
                  printer.event(event, new Origin("p", 1, 0));
                  printer.event(event, new Origin("p", 2, 0));
                }))
        .isEqualTo(
            """
            {"event":"wal_out_of_space","parser":"p","source":"a.log","offset":1}
            {"event":"wal_out_of_space","parser":"p","source":"a.log","offset":2}
            """);
  }

  @Test
  void shouldSumUp() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SummaryPrinter printer = new SummaryPrinter(out);
    printer.source("a.log");
    Origin origin = new Origin("p", 1, 0);
    printer.event(
        new LogEvent.Push(NOON, "wal-e", PushState.BEGIN, SEGMENT, 7L, null, null), origin);
    printer.event(new LogEvent.WalOutOfSpace(null), origin);
    printer.event(new LogEvent.WalOutOfSpace(null), origin);
    printer.event(
        new LogEvent.ArchiveCommandFailed(
            null, FailureSeverity.LOG, FailureCause.EXIT, 1, null, null),
        origin);
    printer.rejected(new Rejection(Rejection.Verdict.MALFORMED, "wal-e", "cut", 1));
    printer.finish();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"events\":{\"archive_command_failed log exit 1\":1,\"push begin\":1,"
                + "\"wal_out_of_space\":2},\"rejected\":{\"malformed wal-e\":1}}\n");
  }

  private interface Use {
    void use(LinePrinter printer);
  }

  private static String line(LogEvent event) throws IOException {
    return printed(false, printer -> printer.event(event, new Origin("p", 12, 0)));
  }

  /** The line without what every line has. */
  private static String fields(LogEvent event) throws IOException {
    String always = ",\"parser\":\"p\",\"source\":\"a.log\",\"offset\":12}\n";
    assertThat(line(event)).endsWith(always);
    return line(event).replace(always, "");
  }

  private static String printed(boolean rejected, Use use) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LinePrinter printer = new LinePrinter(out, rejected);
    printer.source("a.log");
    use.use(printer);
    printer.finish();
    return out.toString(StandardCharsets.UTF_8);
  }
}
