/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.TextHash;
import io.walwatch.parse.WalFile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a whole WAL-E record means.
 *
 * <p>{@code state=complete} of a wal-fetch does not say that there was an object: it comes for a
 * missing one too (wal_e.operator.backup, wal_restore). Only the record "could no longer locate
 * object" of the same process, just before it, tells. It is reported as a message <em>and</em> as
 * {@link FetchState#MISSING} for the file that its detail names, so that whoever counts can pass
 * over the COMPLETE of the same pid and file which follows.
 */
final class WaleEvents {
  static final String UNKNOWN_ACTION = "unknown action";
  static final String UNKNOWN_STATE = "unknown state";

  private static final String MISSING = "could no longer locate object";
  private static final double BYTES_PER_KIB = 1024;

  private final RecentFetches fetches = new RecentFetches();

  String memory() {
    return fetches.memory();
  }

  void remember(String memory) {
    fetches.remember(memory);
  }

  /** Reports one record; returns why it cannot be understood, or null. */
  @Nullable String report(WaleRecord record, StructuredLine line, EventSink sink) {
    Origin origin = new Origin(WaleProvider.NAME, record.offsetBytes(), record.textHash());
    WalFile file = line.file();
    if (file == null) {
      message(record, line, origin, sink);
      return null;
    }
    return switch (line.action()) {
      case "push-wal" -> push(line, file, origin, sink);
      case "wal-fetch" -> fetch(FetchAction.FETCH, line, file, origin, sink);
      case "wal-prefetch" -> fetch(FetchAction.PREFETCH, line, file, origin, sink);
      default -> UNKNOWN_ACTION;
    };
  }

  private static @Nullable String push(
      StructuredLine line, WalFile file, Origin origin, EventSink sink) {
    PushState state =
        switch (line.state()) {
          case "begin" -> PushState.BEGIN;
          case "complete" -> PushState.COMPLETE;
          case "skip" -> PushState.SKIP;
          default -> null;
        };
    if (state == null) {
      return UNKNOWN_STATE;
    }
    Double rate = line.rateKibPerSecond();
    sink.event(
        new LogEvent.Push(
            line.at(),
            WaleProvider.NAME,
            state,
            file,
            line.pid(),
            line.key(),
            rate == null ? null : rate * BYTES_PER_KIB),
        origin);
    return null;
  }

  /** A wal-fetch without a state took a segment that was prefetched. */
  private @Nullable String fetch(
      FetchAction action, StructuredLine line, WalFile file, Origin origin, EventSink sink) {
    FetchState state =
        switch (line.state()) {
          case "begin" -> FetchState.BEGIN;
          case "complete" -> FetchState.COMPLETE;
          case "" -> FetchState.HIT;
          default -> null;
        };
    if (state == null) {
      return UNKNOWN_STATE;
    }
    if (state == FetchState.BEGIN) {
      fetches.began(line.pid(), action);
    }
    sink.event(
        new LogEvent.Fetch(
            line.at(), WaleProvider.NAME, action, state, file, line.pid(), line.key()),
        origin);
    return null;
  }

  private void message(WaleRecord record, StructuredLine line, Origin origin, EventSink sink) {
    String text = record.message();
    String detail = record.detail();
    MessageSeverity severity = record.severity();
    sink.event(
        new LogEvent.Message(
            line.at(), WaleProvider.NAME, severity, line.pid(), text, detail, isRetry(text)),
        origin);
    String store = text.startsWith(MISSING) && detail != null ? urlIn(detail) : null;
    WalFile file = store == null ? null : fileOf(store);
    if (file != null) {
      FetchAction action = fetches.actionOf(line.pid());
      sink.event(
          new LogEvent.Fetch(
              line.at(), WaleProvider.NAME, action, FetchState.MISSING, file, line.pid(), store),
          new Origin(WaleProvider.NAME, origin.offsetBytes(), TextHash.second(origin.textHash())));
    }
  }

  /** All retry messages begin so, and nothing else does (worker and retries.py). */
  private static boolean isRetry(String text) {
    return text.toLowerCase(Locale.ROOT).startsWith("retrying");
  }

  /** "The absolute URI that could not be located is URL." */
  private static @Nullable String urlIn(String detail) {
    int scheme = detail.indexOf("://");
    int start = scheme < 0 ? -1 : detail.lastIndexOf(' ', scheme) + 1;
    if (start < 0) {
      return null;
    }
    int end = detail.indexOf(".lzo", scheme);
    return end < 0 ? null : detail.substring(start, end + ".lzo".length());
  }

  private static @Nullable WalFile fileOf(String store) {
    int slash = store.lastIndexOf('/');
    return WalFile.parse(store.substring(slash + 1, store.length() - ".lzo".length()));
  }
}
