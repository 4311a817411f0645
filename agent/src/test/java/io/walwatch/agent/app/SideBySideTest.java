/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.SourceFacts;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.StreamPosition;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sources of one server with much to read, as streams of records that are numbered and a second
 * apart: how often each record counts, and who waits for whom.
 */
final class SideBySideTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int BUDGET_BYTES = 4 << 20;
  private static final int RECORDS = 40_000;

  private final AgentState state = new AgentState(new TestClock());
  private final SideBySide reading = new SideBySide(state);
  private final List<WatchedSource> sources = new ArrayList<>();

  @Test
  void shouldCountEachRecordOnceThatLiesByTwoWays() {
    add("stderr", RECORDS, 300);
    add("syslog", RECORDS, 300);
    readAll();
    assertCounted(RECORDS, 0);
  }

  @Test
  void shouldCountEachRecordOnceWhereOneWayHoldsAHundredTimesAsMuchElse() {
    add("syslog", RECORDS, 80);
    add("stderr", RECORDS, 8_000);
    readAll();
    assertCounted(RECORDS, 0);
  }

  @Test
  void shouldCountEachRecordOnceWhereAThirdWayIsSilent() {
    add("syslog", RECORDS, 80);
    add("csv", 0, 1);
    add("stderr", RECORDS, 800);
    readAll();
    assertCounted(RECORDS, 0);
  }

  @Test
  void shouldWaitForNobodyWhoIsAtTheEnd() {
    Numbered stderr = add("stderr", RECORDS, 100);
    add("syslog", 0, 1);
    readAll();
    assertThat(stderr.turns).isEqualTo(RECORDS * 100 / BUDGET_BYTES + 1);
    assertCounted(RECORDS, 0);
  }

  @Test
  void shouldWaitForNobodyWhoCannotBeRead() {
    Numbered stderr = add("stderr", RECORDS, 100);
    add("syslog", RECORDS, 100).readable = false;
    readAll();
    assertThat(stderr.turns).isEqualTo(RECORDS * 100 / BUDGET_BYTES + 1);
  }

  @Test
  void shouldWaitForSomebodyWithoutTimesForAGibibyteOnly() {
    Numbered stderr = add("stderr", RECORDS, 100);
    Numbered endless = add("else", 0, 1);
    endless.chatter = Long.MAX_VALUE;
    for (int turn = 0; turn < (1 << 30) / BUDGET_BYTES + 2; turn++) {
      turn();
    }
    assertThat(stderr.lagBytes()).isZero();
    assertThat(Long.MAX_VALUE - endless.chatter).isGreaterThan(1 << 30);
    assertCounted(RECORDS, 0);
  }

  @Test
  void shouldLetNoSenderWait() {
    Numbered socket = add("socket", RECORDS, 100);
    socket.canWait = false;
    add("stderr", RECORDS, 8_000);
    turn();
    assertThat(socket.lagBytes()).isZero();
    readAll();
    assertThat(counted() - RECORDS).as("what may be counted twice is counted").isPositive();
    assertThat(server().duplicateEvictions()).isEqualTo(counted() - RECORDS);
  }

  private Numbered add(String name, int records, int recordBytes) {
    Numbered stream = new Numbered(state.sink(name, "main"), records, recordBytes);
    sources.add(new WatchedSource(name, "main", stream, new ParserMemories(() -> {})));
    return stream;
  }

  private void readAll() {
    long read;
    do {
      read = turn();
    } while (read > 0);
  }

  private long turn() {
    sources.forEach(source -> ((Numbered) source.stream()).turn());
    return reading.turn(sources, BUDGET_BYTES, (name, work) -> work.run());
  }

  private void assertCounted(long records, long evictions) {
    assertThat(counted()).isEqualTo(records);
    assertThat(server().duplicateEvictions()).isEqualTo(evictions);
  }

  private long counted() {
    return server().counts().getOrDefault(ServerCount.WAL_OUT_OF_SPACE, 0L);
  }

  private ServerSnapshot server() {
    AgentFacts agent = AgentFacts.NONE;
    return state
        .publish(name -> ServerFacts.NONE, name -> new SourceFacts("main", 1, 0), agent)
        .servers()
        .get(0);
  }

  /** Records a second apart, each of so many bytes, and after them what says nothing. */
  private static final class Numbered implements LogStream {
    private final long endBytes;
    private final int recordBytes;
    private final EventSink sink;
    private long offset;
    private long chatter;
    private boolean readable = true;
    private boolean canWait = true;
    private boolean inTurn;
    private int turns;

    Numbered(EventSink sink, int records, int recordBytes) {
      this.sink = sink;
      this.endBytes = (long) records * recordBytes;
      this.recordBytes = recordBytes;
    }

    void turn() {
      inTurn = false;
    }

    @Override
    public int read(int budgetBytes) {
      if (!readable) {
        return 0;
      }
      int read = (int) Math.min(budgetBytes, endBytes - offset);
      long first = offset / recordBytes;
      offset += read;
      for (long number = first; number < offset / recordBytes; number++) {
        LogEvent event = new LogEvent.WalOutOfSpace(START.plusSeconds(number));
        sink.event(event, new Origin("postgres", 0, number));
      }
      if (read > 0 && !inTurn) {
        turns++;
        inTurn = true;
      }
      int more = (int) Math.min(budgetBytes - read, chatter);
      chatter -= more;
      return read + more;
    }

    @Override
    public boolean canWait() {
      return canWait;
    }

    @Override
    public StreamPosition position() {
      return StreamPosition.ofCursor("");
    }

    @Override
    public int openFiles() {
      return 1;
    }

    @Override
    public long lagBytes() {
      return chatter > 0 ? chatter : endBytes - offset;
    }

    @Override
    public Set<Path> watchedDirectories() {
      return Set.of();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}
