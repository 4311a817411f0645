/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.evidence.Masking;
import io.walwatch.parse.ParserFaults;
import io.walwatch.parse.Texts;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one look at a set of backups went. Immutable.
 *
 * @param listing what was found; a look that failed has none, one that found nothing at all has one
 * @param problem what went wrong, without secrets; empty when the look worked
 * @param output the ends of what the command wrote on its standard output and then on its standard
 *     error, when it failed
 */
public record Look(
    long startedMillis,
    long finishedMillis,
    Optional<Listing> listing,
    String problem,
    String output) {
  private static final int MAX_LINE = 300;

  /** What is wrong may quote what a tool printed, and is shown to everybody. */
  public Look {
    problem = Masking.mask(problem);
  }

  /** Looks, and turns every way in which that can fail into a result. */
  public static Look take(Lister lister, InstantSource clock) throws InterruptedException {
    return take(lister, Optional.empty(), clock);
  }

  /**
   * The same, relying on an earlier look.
   *
   * @param earlier what that one has verified
   */
  public static Look take(Lister lister, Optional<VerifiedWal> earlier, InstantSource clock)
      throws InterruptedException {
    long start = clock.millis();
    try {
      Listing listing = lister.list(earlier);
      return found(start, clock.millis(), listing);
    } catch (ListingException e) {
      return failed(start, clock.millis(), e.problem(), e.output());
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      return failed(start, clock.millis(), "the parser failed: " + e, "");
    }
  }

  /**
   * A look that found this. Nothing at all is not taken for an answer: a command that looks at the
   * wrong place, or without its keys, prints the same as an empty store.
   */
  public static Look found(long startedMillis, long finishedMillis, Listing listing) {
    String problem = listing.isEmpty() ? nothing(listing) : "";
    return new Look(startedMillis, finishedMillis, Optional.of(listing), problem, "");
  }

  private static String nothing(Listing listing) {
    long stored = listing.storedBytes().orElse(0);
    if (stored == 0) {
      return "the list is empty: the store holds nothing, or the command looks at another one";
    }
    OptionalLong wal = listing.walLastPosition();
    return "no backup is listed: the store holds "
        + stored
        + " bytes"
        + (wal.isPresent() ? " with WAL up to " + position(wal.getAsLong()) : "")
        + ", and no base backup";
  }

  /** As PostgreSQL writes it (pg_lsn). */
  private static String position(long bytes) {
    return String.format(Locale.ROOT, "%X/%X", bytes >>> 32, bytes & 0xFFFF_FFFFL);
  }

  public static Look failed(long started, long finished, String problem, String output) {
    return new Look(started, finished, Optional.empty(), problem, output);
  }

  public boolean worked() {
    return problem.isEmpty();
  }

  /**
   * The last line of what the command wrote, on its standard error if it wrote there, without
   * secrets; empty where it wrote none.
   */
  public String lastOutputLine() {
    return Masking.mask(output)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((first, second) -> second)
        .map(line -> Texts.cut(line, MAX_LINE))
        .orElse("");
  }

  public double durationSeconds() {
    return Math.max(0, finishedMillis - startedMillis) / 1e3;
  }
}
