/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.writer;

import java.util.Locale;

/** WAL-E's records as text, for tests in which no PostgreSQL runs. */
public final class PushRecords {
  private PushRecords() {}

  /** The begin record of the push of one segment of timeline 1, with segments of 16 MiB. */
  public static String begin(int segment) {
    return record(segment, "begin archiving a file", "Uploading", "", "begin");
  }

  /** The record of its completion. */
  public static String complete(int segment) {
    return record(
        segment, "completed archiving to a file", "Archiving to", "rate=5821.73 ", "complete");
  }

  private static String record(
      int segment, String message, String verb, String rate, String state) {
    String name = String.format(Locale.ROOT, "00000001%08X%08X", segment / 256, segment % 256);
    String key = "s3://bucket/db/wal_005/" + name + ".lzo";
    return "wal_e.worker.upload INFO     MSG: "
        + message
        + "\n        DETAIL: "
        + verb
        + " \""
        + key
        + "\".\n        STRUCTURED: time=2026-11-22T09:08:09.522311-00 pid=15983 action=push-wal key="
        + key
        + " prefix=db/ "
        + rate
        + "seg="
        + name
        + " state="
        + state
        + "\n";
  }
}
