/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for journalctl: it notes how it was called and follows a file. */
@Timeout(30)
class JournalLogStreamTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  @TempDir Path directory;
  private final RecordingLines recorded = new RecordingLines();
  private final RecordingLines primed = new RecordingLines();
  private final AtomicLong nanos = new AtomicLong();
  private Path export;
  private Path calls;

  @BeforeEach
  void setUp() throws IOException {
    export = Files.createFile(directory.resolve("export"));
    calls = Files.createFile(directory.resolve("calls"));
  }

  @Test
  void shouldMakeOneLineOfEachEntry() throws IOException {
    write(entry("c1", START.plusSeconds(1), "a\n\tb"));
    try (JournalLogStream stream = stream(StreamPosition.NEW)) {
      assertThat(recorded.await(stream, 1))
          .containsExactly("2026-11-22T09:00:01Z vm postgres[4711]: a#012#011b");
      assertThat(stream.position().cursor()).isEqualTo("c1");
    }
  }

  @Test
  void shouldShowTheEndOfANewJournalToThePrimersOnly() throws IOException {
    write(entry("c1", START.minusSeconds(2), "older"));
    write(entry("c2", START.minusSeconds(1), "old"));
    write(entry("c3", START.plusSeconds(1), "new"));
    try (JournalLogStream stream = stream(StreamPosition.NEW)) {
      assertThat(recorded.await(stream, 1))
          .containsExactly("2026-11-22T09:00:01Z vm postgres[4711]: new");
    }
    assertThat(primed.lines)
        .containsExactly(
            "2026-11-22T08:59:58Z vm postgres[4711]: older",
            "2026-11-22T08:59:59Z vm postgres[4711]: old");
    assertThat(recorded.committedLines).isEqualTo(1);
    assertThat(Files.readString(calls)).contains("--lines=4000", "--unit=pg");
  }

  @Test
  void shouldFinishWhatThePrimersHoldWhereNothingNewComes() throws IOException {
    write(entry("c1", START.minusSeconds(1), "old"));
    try (JournalLogStream stream = stream(StreamPosition.NEW)) {
      while (primed.lines.isEmpty()) {
        stream.read(1 << 20);
      }
      nanos.addAndGet(TailLimits.DEFAULT.quiet().toNanos());
      stream.read(1 << 20);
      assertThat(primed.told).containsExactly("quiet");
      assertThat(stream.position()).isEqualTo(StreamPosition.ofCursor("c1"));
    }
  }

  @Test
  void shouldGoOnFromItsFirstStartWhereNothingCameBeforeTheNext() throws IOException {
    StreamPosition position;
    try (JournalLogStream stream = stream(List.of("/nonexistent"), StreamPosition.NEW)) {
      stream.read(1 << 20);
      position = stream.position();
    }
    write(entry("c1", START.minusSeconds(1), "old"));
    write(entry("c2", START.plusSeconds(1), "while it was down"));
    try (JournalLogStream stream = stream(position)) {
      assertThat(recorded.await(stream, 1).get(0)).endsWith(": while it was down");
      assertThat(stream.position()).isEqualTo(StreamPosition.ofCursor("c2"));
    }
    assertThat(Files.readString(calls)).contains("--since=@" + START.getEpochSecond());
  }

  @Test
  void shouldReadAllOfAJournalThatIsWantedFromItsBeginning() throws IOException {
    write(entry("c1", START.minusSeconds(1), "old"));
    try (JournalLogStream stream =
        stream(List.of("sh", "-c", script("true")), Instant.MIN, StreamPosition.NEW)) {
      assertThat(recorded.await(stream, 1).get(0)).endsWith(": old");
    }
    assertThat(Files.readString(calls)).contains("--no-tail").doesNotContain("--since");
  }

  @Test
  void shouldGoOnBehindTheLastEntryThatIsDoneWith() throws IOException {
    write(entry("c1", START.plusSeconds(1), "one"));
    write(entry("c2", START.plusSeconds(2), "two"));
    StreamPosition position;
    try (JournalLogStream stream = stream(StreamPosition.NEW)) {
      recorded.pendingOffset = "2026-11-22T09:00:01Z vm postgres[4711]: one\n".length();
      recorded.await(stream, 2);
      position = stream.position();
      assertThat(position).isEqualTo(StreamPosition.ofCursor("c1"));
    }
    try (JournalLogStream stream = stream(position)) {
      recorded.await(stream, 3);
    }
    assertThat(Files.readString(calls)).contains("--after-cursor=c1");
  }

  @Test
  void shouldStartJournalctlAgainWhenItEnds() throws IOException {
    write(entry("c1", START.plusSeconds(1), "one"));
    JournalLogStream stream = stream(List.of("sh", "-c", script("true")), StreamPosition.NEW);
    recorded.await(stream, 1);
    while (!recorded.told.contains("unreadable journalctl ended")) {
      stream.read(1 << 20);
      Thread.onSpinWait();
    }
    assertThat(stream.openFiles()).isZero();
    nanos.addAndGet(10_000_000_000L);
    recorded.await(stream, 2);
    stream.close();
    assertThat(recorded.told).contains("readable");
    assertThat(Files.readString(calls)).contains("--after-cursor=c1");
  }

  @Test
  void shouldTellThatThereIsNoJournalctl() {
    JournalLogStream stream = stream(List.of("/nonexistent/journalctl"), StreamPosition.NEW);
    assertThat(stream.read(1 << 20)).isZero();
    assertThat(recorded.told).hasSize(1);
    stream.close();
  }

  private JournalLogStream stream(StreamPosition resume) {
    return stream(List.of("sh", "-c", script("exec tail -f /dev/null")), resume);
  }

  private JournalLogStream stream(List<String> journalctl, StreamPosition resume) {
    return stream(journalctl, START, resume);
  }

  private JournalLogStream stream(List<String> journalctl, Instant since, StreamPosition resume) {
    return new JournalLogStream(
        journalctl,
        List.of("--unit=pg"),
        since,
        resume,
        TailLimits.DEFAULT,
        recorded,
        primed,
        recorded,
        nanos::get);
  }

  private String script(String then) {
    return "echo \"$0 $*\" >> " + calls + "; cat " + export + "; " + then;
  }

  private void write(byte[] entry) throws IOException {
    Files.write(export, entry, StandardOpenOption.APPEND);
  }

  private static byte[] entry(String cursor, Instant at, String message) throws IOException {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(("__CURSOR=" + cursor + "\n").getBytes(UTF_8));
    entry.writeBytes(("__REALTIME_TIMESTAMP=" + at.toEpochMilli() + "000\n").getBytes(UTF_8));
    entry.writeBytes("_HOSTNAME=vm\nSYSLOG_IDENTIFIER=postgres\n_PID=4711\n".getBytes(UTF_8));
    byte[] text = message.getBytes(UTF_8);
    if (message.contains("\n")) {
      entry.writeBytes("MESSAGE\n".getBytes(UTF_8));
      entry.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      entry.writeBytes(text);
    } else {
      entry.writeBytes(("MESSAGE=" + message).getBytes(UTF_8));
    }
    entry.writeBytes("\n\n".getBytes(UTF_8));
    return entry.toByteArray();
  }
}
