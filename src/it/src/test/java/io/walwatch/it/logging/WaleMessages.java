/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.logging;

import io.walwatch.it.writer.PushRecords;

/** WAL-E's records as it hands them to syslog: without the logger's name, which is the tag. */
final class WaleMessages {
  private static final String NAME = "wal_e.worker.upload ";

  private WaleMessages() {}

  static String begin(int segment) {
    return message(PushRecords.begin(segment));
  }

  static String complete(int segment) {
    return message(PushRecords.complete(segment));
  }

  private static String message(String record) {
    return record.substring(NAME.length()).stripTrailing();
  }
}
