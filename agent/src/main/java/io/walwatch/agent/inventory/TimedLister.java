/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files, and gives up at the time-out. Nothing ends a thread that waits for a network file
 * system whose server is gone: so each look has a thread of its own, and while one that was given
 * up hangs, no other begins. One look at a time.
 */
public final class TimedLister implements Lister {
  private final String what;
  private final Lister lister;
  private final Duration timeout;
  private volatile boolean looking;

  /**
   * Looks at nothing yet.
   *
   * @param what is listed, for the message
   * @param lister ends soon when it is interrupted, unless the file system hangs
   */
  public TimedLister(String what, Lister lister, Duration timeout) {
    this.what = what;
    this.lister = lister;
    this.timeout = timeout;
  }

  @Override
  public Listing list() throws ListingException, InterruptedException {
    return list(Optional.empty());
  }

  @Override
  public Listing list(Optional<VerifiedWal> earlier) throws ListingException, InterruptedException {
    if (looking) {
      throw new ListingException(
          what + " cannot be listed: a look that was given up still waits for its file system");
    }
    FutureTask<Listing> look = new FutureTask<>(() -> look(earlier));
    Thread thread = new Thread(look, "walwatch-files");
    thread.setDaemon(true);
    thread.start();
    try {
      return look.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ListingException(
          what
              + " was not listed within "
              + timeout.toSeconds()
              + " s: its file system hangs, or it holds more than can be looked at in that time;"
              + " `timeout` of the set is how long a look may take");
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      // One that has not begun by now never does.
      look.cancel(true);
    }
  }

  private Listing look(Optional<VerifiedWal> earlier)
      throws ListingException, InterruptedException {
    looking = true;
    try {
      return lister.list(earlier);
    } finally {
      looking = false;
    }
  }

  private static ListingException rethrown(@Nullable Throwable thrown) throws InterruptedException {
    if (thrown instanceof ListingException problem) {
      return problem;
    }
    if (thrown instanceof InterruptedException stopped) {
      throw stopped;
    }
    if (thrown instanceof Error fault) {
      throw fault;
    }
    throw new IllegalStateException(thrown);
  }
}
