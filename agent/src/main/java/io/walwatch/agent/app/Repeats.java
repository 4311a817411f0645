/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.postgres.PostgresProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Shows a record once that stands in several of the files given.
 *
 * <p>Of the formats that one server writes side by side, one counts for the server's own messages
 * ({@link Authority}), whether or not these have times.
 *
 * <p>What comes on stderr and in syslog is told by its words, its second, and its process where
 * both tell it: two servers may well fail in one second with the same words. The n-th of these in
 * one file is the n-th in another; within one file nothing is a duplicate. A record without a time
 * is never one, since the same words come again.
 */
final class Repeats implements EventPrinter {
  static final String ELSEWHERE = "read in an earlier file";
  static final String OUTRANKED = "told by another format of the same log";

  private static final Logger logger = LogManager.getLogger(Repeats.class);

  /** Two for each record; about 15 MiB. */
  private static final int MAX_KEYS = 200_000;

  private static final long ANY_PROCESS = -1;
  private static final long NO_PROCESS = -2;

  private final EventPrinter printer;
  private final Predicate<String> outranked;
  private final int maxKeys;
  private final Map<Long, Integer> earlier = new HashMap<>();
  private final Map<Long, Integer> here = new HashMap<>();
  private int filesToCome;
  private boolean isOutranked;
  private long notCompared;

  /**
   * For the files of one command.
   *
   * @param files how many there are
   * @param outranked of which another format counts for the server's messages
   */
  Repeats(EventPrinter printer, int files, Predicate<String> outranked) {
    this(printer, files, outranked, MAX_KEYS);
  }

  Repeats(EventPrinter printer, int files, Predicate<String> outranked, int maxKeys) {
    this.printer = printer;
    this.filesToCome = files;
    this.outranked = outranked;
    this.maxKeys = maxKeys;
  }

  @Override
  public void source(String file) {
    here.forEach((key, count) -> earlier.merge(key, count, Math::max));
    here.clear();
    filesToCome--;
    isOutranked = outranked.test(file);
    printer.source(file);
  }

  @Override
  public void event(LogEvent event, Origin origin) {
    String why = why(event.at(), origin);
    if (why == null) {
      printer.event(event, origin);
    } else {
      printer.rejected(
          new Rejection(Rejection.Verdict.DUPLICATE, origin.parser(), why, origin.offsetBytes()));
    }
  }

  /** Why it is not shown, or null. */
  private @Nullable String why(@Nullable Instant at, Origin origin) {
    if (isOutranked && origin.parser().equals(PostgresProvider.NAME)) {
      return OUTRANKED;
    }
    boolean alone = filesToCome == 0 && earlier.isEmpty();
    return at != null && !alone && isRepeated(origin, at.getEpochSecond()) ? ELSEWHERE : null;
  }

  private boolean isRepeated(Origin origin, long second) {
    boolean told = origin.pid() != null;
    long any = key(origin, second, ANY_PROCESS);
    long own = key(origin, second, told ? origin.pid() : NO_PROCESS);
    if (isFull(any) || isFull(own)) {
      notCompared += filesToCome > 0 ? 1 : 0;
      return false;
    }
    int nthOfAny = here.merge(any, 1, Integer::sum);
    int nthOwn = here.merge(own, 1, Integer::sum);
    if (!told) {
      return nthOfAny <= earlierOf(any);
    }
    return nthOwn <= earlierOf(own) || nthOfAny <= earlierOf(key(origin, second, NO_PROCESS));
  }

  private static long key(Origin origin, long second, long process) {
    return 31 * (31 * origin.textHash() + second) + process;
  }

  private int earlierOf(long key) {
    return earlier.getOrDefault(key, 0);
  }

  /** What is remembered already costs no more. */
  private boolean isFull(long key) {
    return earlier.size() + here.size() >= maxKeys
        && !here.containsKey(key)
        && !earlier.containsKey(key);
  }

  @Override
  public void rejected(Rejection rejection) {
    printer.rejected(rejection);
  }

  @Override
  public boolean isBroken() {
    return printer.isBroken();
  }

  @Override
  public void finish() throws IOException {
    if (notCompared > 0) {
      printer.notCompared(notCompared);
      logger.warn(
          "{} records are more than are remembered: where they stand in a later file too, they show"
              + " twice; read fewer files at once",
          notCompared);
    }
    printer.finish();
  }
}
