/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The true counts of testdata/wal-e/README.md for what came through syslog, typed from there. */
final class SyslogGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "syslog.traditional.log",
        "syslog.iso.log",
        "syslog.rfc5424.log",
        "syslog.rawmsg.log"
      })
  void shouldFindEveryRecordInEachShape(String file) {
    Found found = Golden.read("wal-e", file);

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(85);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(68);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.BEGIN)).isEqualTo(9);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(9);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.HIT)).isEqualTo(29);
    assertThat(found.fetches(FetchAction.PREFETCH, FetchState.BEGIN)).isEqualTo(88);
    assertThat(found.fetches(FetchAction.PREFETCH, FetchState.COMPLETE)).isEqualTo(29);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.MISSING)).isEqualTo(6);
    assertThat(found.fetches(FetchAction.PREFETCH, FetchState.MISSING)).isEqualTo(59);
    assertThat(found.count(LogEvent.Message.class)).isEqualTo(185);
    assertThat(found.messages(MessageSeverity.WARNING)).isEqualTo(1);
    assertThat(found.messages(MessageSeverity.ERROR)).isEqualTo(10);
    assertThat(found.messages(MessageSeverity.CRITICAL)).isEqualTo(8);
    // INFO in the README counts records with an action too: 483.
    long actions = 85 + 68 + 9 + 9 + 29 + 88 + 29;
    assertThat(found.messages(MessageSeverity.INFO) + actions).isEqualTo(483);
    assertThat(found.rejected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "syslog.traditional.log",
        "syslog.iso.log",
        "syslog.rfc5424.log",
        "syslog.rawmsg.log"
      })
  void shouldGiveTheSameHashAsTheSameRecordOnStderr(String file) {
    Set<Long> syslog = hashes(Golden.read("wal-e", file));

    // All but the eight records that went to a file of their own came by both ways.
    assertThat(syslog).containsAll(waleHashes(Golden.read("wal-e/pg_log", "*.log")));
    assertThat(syslog).containsAll(waleHashes(Golden.read("wal-e/pg_log2", "*.log")));
  }

  private static Set<Long> hashes(Found found) {
    return found.origins().stream().map(Origin::textHash).collect(Collectors.toSet());
  }

  private static List<Long> waleHashes(Found found) {
    List<Origin> origins = found.origins();
    return IntStream.range(0, origins.size())
        .filter(i -> origins.get(i).parser().equals("wal-e"))
        .mapToObj(i -> origins.get(i).textHash())
        .toList();
  }
}
