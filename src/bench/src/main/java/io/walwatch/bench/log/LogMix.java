/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * The lines of a busy server with log_min_duration_statement, and an archiver among them. Which
 * lines come how often is taken from what such servers log: slow statements (some of several
 * lines), errors with their statement, connections, checkpoints, autovacuum.
 */
final class LogMix {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int ARCHIVER_PID = 812;

  private final Random random;
  private long millis = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private int segment;

  LogMix(long seed) {
    random = new Random(seed);
  }

  /** One message of a backend: one or several lines that no parser has to do with. */
  String backendMessage() {
    int pid = 2000 + random.nextInt(500);
    return switch (random.nextInt(10)) {
      case 0 -> prefix(pid) + "LOG:  connection received: host=10.1.4.7 port=" + port() + "\n";
      case 1 ->
          prefix(pid)
              + "LOG:  connection authorized: user=app database=shop application_name=web\n";
      case 2 ->
          prefix(pid)
              + "LOG:  checkpoint complete: wrote 5012 buffers (30.6%); 0 WAL file(s) added, 0"
              + " removed, 3 recycled; write=26.9 s, sync=0.011 s, total=27.0 s; sync files=84,"
              + " longest=0.004 s, average=0.001 s; distance=49153 kB, estimate=51210 kB\n";
      case 3 ->
          prefix(pid)
              + "ERROR:  duplicate key value violates unique constraint \"orders_pkey\"\n"
              + prefix(pid)
              + "DETAIL:  Key (id)=("
              + random.nextInt(1_000_000)
              + ") already exists.\n"
              + prefix(pid)
              + "STATEMENT:  insert into orders (id, customer, total) values ($1, $2, $3)\n";
      case 4, 5 ->
          prefix(pid)
              + "LOG:  duration: "
              + duration()
              + " ms  statement: select o.id, o.total, c.name\n"
              + "\t  from orders o\n"
              + "\t  join customers c on c.id = o.customer\n"
              + "\t where o.created > now() - interval '1 day'\n"
              + "\t order by o.created desc limit 50\n";
      default ->
          prefix(pid)
              + "LOG:  duration: "
              + duration()
              + " ms  execute <unnamed>: update stock set amount = amount - $1 where article = $2\n";
    };
  }

  /** One push that begins and completes. */
  String push() {
    String name = segmentName();
    segment++;
    return record("begin archiving a file", "Uploading", name, "", "begin")
        + record(
            "completed archiving to a file", "Archiving to", name, "rate=47215.4 ", "complete");
  }

  /** One push that begins, and whose command fails. */
  String failure() {
    String name = segmentName();
    return record("begin archiving a file", "Uploading", name, "", "begin")
        + prefix(ARCHIVER_PID)
        + "LOG:  archive command failed with exit code 1\n"
        + prefix(ARCHIVER_PID)
        + "DETAIL:  The failed archive command was: envdir /etc/wal-e.d/env wal-e wal-push pg_wal/"
        + name
        + "\n";
  }

  private String prefix(int pid) {
    millis += random.nextInt(3);
    return TIME.format(Instant.ofEpochMilli(millis)) + " [" + pid + "] ";
  }

  private int port() {
    return 32_768 + random.nextInt(28_000);
  }

  private String duration() {
    return 100 + random.nextInt(5000) + "." + (100 + random.nextInt(900));
  }

  private String segmentName() {
    return String.format(Locale.ROOT, "00000001%08X%08X", segment / 256, segment % 256);
  }

  private String record(String message, String verb, String name, String rate, String state) {
    millis += 40;
    String key = "s3://walbucket/prod/main/wal_005/" + name + ".lzo";
    String time = Instant.ofEpochMilli(millis).toString().replace("Z", "");
    String digits = time.length() == 19 ? time + ".000000" : time + "000";
    return "wal_e.worker.upload INFO     MSG: "
        + message
        + "\n        DETAIL: "
        + verb
        + " \""
        + key
        + "\".\n        STRUCTURED: time="
        + digits
        + "-00 pid=29079 action=push-wal key="
        + key
        + " prefix=prod/main/ "
        + rate
        + "seg="
        + name
        + " state="
        + state
        + "\n";
  }
}
