/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import io.walwatch.agent.jobs.JobSpool.Kind;
import io.walwatch.agent.jobs.JobSpool.Run;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the spool and tells what became of each run, once. The files of a run are removed only
 * after what was told is kept ({@link #kept}), so that a crash in between loses nothing. Loop's
 * thread only.
 */
public final class JobWatch {
  /** Read in one look: a few milliseconds of work. */
  private static final int MOST_IN_ONE_LOOK = 200;

  /** An end that is being written when the wrapper is seen to be gone is there by then. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final JobSpool spool;
  private final RunningProcesses processes;
  private final JobEvents events;
  private final InstantSource clock;
  private final Map<String, JobStart> open = new HashMap<>();
  private final Map<String, Long> goneSinceMillis = new HashMap<>();
  private SortedMap<String, Run> listed = new TreeMap<>();

  public JobWatch(
      JobSpool spool, RunningProcesses processes, JobEvents events, InstantSource clock) {
    this.spool = spool;
    this.processes = processes;
    this.events = events;
    this.clock = clock;
  }

  /** Looks once. */
  public void look() {
    try {
      JobSpool.Listing listing = spool.list();
      listed = listing.runs();
      events.spool(null, listing.left());
    } catch (IOException e) {
      events.spool(e.toString(), 0);
      return;
    }
    open.keySet().retainAll(listed.keySet());
    goneSinceMillis.keySet().retainAll(listed.keySet());
    int done = 0;
    for (Run run : listed.values()) {
      if (done < MOST_IN_ONE_LOOK && !events.isSettled(run.id())) {
        done += tell(run) ? 1 : 0;
      }
    }
  }

  /** Returns whether there was anything to tell. */
  private boolean tell(Run run) {
    try {
      if (run.has(Kind.REFUSED)) {
        events.refused(run.id(), run.job());
        return true;
      }
      if (!run.has(Kind.START)) {
        // Output whose start is gone: of a run that was lost, and went on writing after that.
        return false;
      }
      return started(run);
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException | MalformedRecordException | ArithmeticException e) {
      events.malformed(run.id(), Objects.toString(e.getMessage(), e.toString()));
      return true;
    }
  }

  private boolean started(Run run) throws IOException, MalformedRecordException {
    JobStart start = open.get(run.id());
    boolean isNew = start == null;
    if (start == null) {
      start = spool.start(run);
      open.put(run.id(), start);
      events.running(run.id(), start);
    }
    if (run.has(Kind.END)) {
      events.ended(run.id(), start, spool.end(run), spool.output(run));
      return true;
    }
    if (isLost(run, start)) {
      events.lost(run.id(), start, spool.output(run));
      return true;
    }
    return isNew;
  }

  private boolean isLost(Run run, JobStart start) {
    if (!processes.isGone(start)) {
      goneSinceMillis.remove(run.id());
      return false;
    }
    long now = clock.millis();
    long since = goneSinceMillis.computeIfAbsent(run.id(), id -> now);
    if (now < since) {
      // The clock was set back: the patience begins again.
      goneSinceMillis.put(run.id(), now);
    }
    return now - since >= PATIENCE_MILLIS;
  }

  /**
   * All that was told so far is in the checkpoint: the files of runs that are over may go.
   *
   * @return what could not be removed, for the operator; empty when all is well
   */
  public String kept() {
    String problem = "";
    for (Run run : listed.values()) {
      if (events.isSettled(run.id())) {
        try {
          spool.remove(run);
        } catch (IOException e) {
          problem = e.toString();
        }
      }
    }
    return problem;
  }
}
