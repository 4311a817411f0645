/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.framing.Framings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte sequence makes a framing or a parser throw, or report what it would report again. */
final class AnyBytesTest {
  private static final int ROUNDS = 15;
  private static final int PIECE_BYTES = 20_000;
  private static final byte[] TELLING = Ascii.bytes("\"\\\n\t\r\0 :=,#012<14>[%]\u00e4{}'");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal-e/pg_log/postgresql-2026-11-22.log",
        "wal-e/pg_log2/postgresql-2026-11-22.log",
        "wal-e/pg_log/postgresql-2026-11-22.csv",
        "wal-e/pg_log/postgresql-2026-11-22.json",
        "wal-e/syslog.traditional.log",
        "wal-e/syslog.rfc5424.log",
        "wal-e/syslog.rawmsg.log",
        "postgres/pg15-debian/p-postgresql-2026-11-22_090832.log",
        "postgres/pg15-debian/p-postgresql-2026-11-22_090832.csv",
        "postgres/pg15-de/p-postgresql-2026-11-22_091042.log",
        "inventory/pgbackrest-2.45-archive-push.postgresql.log",
        "inventory/barman-3.4.0-cloud-wal-archive.log",
        "wal-g/push.log"
      })
  void shouldSurviveWhateverHappensToALog(String log) {
    byte[] bytes = Golden.bytes(log);
    Random random = new Random(20261122);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] broken = broken(bytes, random);
      AnyBytes.read(null, broken);
      AnyBytes.read(anyFraming(random), broken);
      AnyBytes.read("journal", Reframed.journal(broken));
      AnyBytes.read("cri", Reframed.cri(broken, 50));
    }
  }

  @Test
  void shouldSurviveAFileThatIsCutAtAnyByte() {
    byte[] bytes = Golden.bytes("wal-g/push.log");
    for (int length = 0; length < bytes.length; length++) {
      AnyBytes.read(null, Arrays.copyOf(bytes, length));
      AnyBytes.read(null, Arrays.copyOfRange(bytes, length, bytes.length));
    }
  }

  @Test
  void shouldReadLinesThatEndLikeThoseOfWindows() {
    byte[] windows =
        Ascii.bytes(
            String.join(
                    "\r\n",
                    Reframed.lines(
                        Golden.bytes("postgres/pg12-default/p-postgresql-2026-11-22_091018.csv")))
                + "\r\n");

    assertThat(AnyBytes.read(null, windows).count(LogEvent.ArchiveCommandFailed.class))
        .isEqualTo(6);
    byte[] stderr =
        Ascii.bytes(
            String.join("\r\n", Reframed.lines(Golden.bytes("wal-e/wal-e.stderr.log"))) + "\r\n");
    assertThat(AnyBytes.read(null, stderr).count(LogEvent.Push.class)).isEqualTo(16);
  }

  @Test
  void shouldReadAVeryLongLineInReasonableTime() {
    byte[] bytes = new byte[2 * 1024 * 1024];
    for (byte filling : new byte[] {' ', '"', ':', '#', '[', 'A', 0, (byte) 0xff}) {
      Arrays.fill(bytes, filling);
      byte[] head = Ascii.bytes("2026-11-22 09:06:37 UTC:::@@@:::[:");
      System.arraycopy(head, 0, bytes, 0, head.length);
      assertThat(AnyBytes.read(null, bytes).events()).isEmpty();
    }
  }

  private static String anyFraming(Random random) {
    List<String> names = List.copyOf(Framings.names());
    return names.get(random.nextInt(names.size()));
  }

  /** A piece of a log with bytes changed, taken out, put in, and lines moved. */
  private static byte[] broken(byte[] log, Random random) {
    int from = random.nextInt(Math.max(1, log.length - PIECE_BYTES));
    byte[] bytes = Arrays.copyOfRange(log, from, Math.min(log.length, from + PIECE_BYTES));
    int changes = random.nextInt(60);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
        case 2 -> {
          int to = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(300), bytes.length - Math.max(at, to));
          System.arraycopy(bytes, at, bytes, to, length);
        }
        default -> bytes[at] = '\n';
      }
    }
    return bytes;
  }
}
