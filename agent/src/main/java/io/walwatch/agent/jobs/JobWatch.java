/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.jobs.JobSpool.Kind;
import io.walwatch.agent.jobs.JobSpool.Run;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spool and finds out what became of each run. One thread, not the loop's: whoever may
 * write into the spool may leave something there whose reading never ends.
 */
final class JobWatch {
  /** Read in one look: a few milliseconds of work. */
  private static final int MOST_IN_ONE_LOOK = 200;

  /** What is read waits in memory until the loop takes it. */
  private static final int MOST_OUTPUT_CHARACTERS = 1 << 20;

  /** An end that is being written when the wrapper is seen to be gone is there by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Far longer than a run needs between its first file and its start, which comes before it. */
  static final Duration ORPHANED = Duration.ofHours(1);

  private final JobSpool spool;
  private final RunningProcesses processes;
  private final Since gone;
  private final Since orphaned;
  private final Map<String, Open> open = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final Set<String> lost = new LinkedHashSet<>();
  private final List<JobNews> news = new ArrayList<>();
  private @Nullable String problem;
  private int outputCharacters;

  /** Lost runs whose output may still come; that of an older one is rejected as an orphan. */
  private static final int MOST_LOST = 100;

  /** A run that goes on, as far as is known. */
  private record Open(Run run, JobStart start) {}

  JobWatch(JobSpool spool, RunningProcesses processes, InstantSource clock) {
    this.spool = spool;
    this.processes = processes;
    this.gone = new Since(clock, PATIENCE);
    this.orphaned = new Since(clock, ORPHANED);
  }

  /** Looks once. What is over is told once, and its files stay until somebody removes them. */
  SpoolLook look() {
    news.clear();
    problem = null;
    outputCharacters = 0;
    JobSpool.Listing listing;
    try {
      listing = spool.list();
    } catch (IOException e) {
      return SpoolLook.failed(IoReason.withFile(e));
    }
    Set<String> listed = listing.runs().keySet();
    over.retainAll(listed);
    gone.retain(listed);
    orphaned.retain(listed);
    boolean more = false;
    for (Run run : listing.runs().values()) {
      if (isFull()) {
        more = true;
        break;
      }
      if (!over.contains(run.id()) || isLate(run)) {
        read(run);
      }
    }
    if (listing.left() == 0) {
      missVanished(listed);
    }
    return new SpoolLook(news, problem, listing.left(), more);
  }

  private boolean isFull() {
    return news.size() >= MOST_IN_ONE_LOOK || outputCharacters >= MOST_OUTPUT_CHARACTERS;
  }

  private void read(Run run) {
    try {
      if (isLate(run)) {
        late(run);
      } else if (run.has(Kind.REFUSED)) {
        end(run, events -> events.refused(run.id(), run.job()));
      } else if (run.has(Kind.START) || open.containsKey(run.id())) {
        started(run);
      } else {
        orphan(run);
      }
    } catch (NoSuchFileException goneMeanwhile) {
      // The next look finds it, or finds it gone.
    } catch (MalformedRecordException | ArithmeticException e) {
      malformed(run, Objects.toString(e.getMessage(), e.toString()));
    } catch (IOException e) {
      // Not the record's fault, perhaps: too many open files, a disk that fails. It stays.
      problem = IoReason.withFile(e);
    }
  }

  private void started(Run run) throws IOException, MalformedRecordException {
    Open known = open.get(run.id());
    JobStart start = known == null ? spool.start(run) : known.start();
    if (known == null) {
      open.put(run.id(), new Open(run, start));
      news.add(new JobNews(run, false, false, events -> events.running(run.id(), start)));
    }
    if (run.has(Kind.END)) {
      JobEnd end = spool.end(run);
      String output = output(run);
      end(run, events -> events.ended(run.id(), start, end, output));
    } else if (!processes.isGone(start)) {
      gone.forget(run.id());
    } else if (gone.isLong(run.id())) {
      String output = output(run);
      end(run, events -> events.lost(run.id(), start, output));
      if (output.isEmpty()) {
        expectOutput(run);
      }
    }
  }

  /** What records the output outlives its wrapper: it ends with the command. */
  private void expectOutput(Run run) {
    lost.add(run.id());
    if (lost.size() > MOST_LOST) {
      Iterator<String> oldest = lost.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether it is the output of a lost run, the other files of which are removed. */
  private boolean isLate(Run run) {
    return lost.contains(run.id()) && run.has(Kind.OUT) && !run.has(Kind.START);
  }

  private void late(Run run) throws IOException, MalformedRecordException {
    lost.remove(run.id());
    String output = output(run);
    news.add(new JobNews(run, true, true, events -> events.outputOfLost(run.id(), output)));
    over.add(run.id());
  }

  private String output(Run run) throws IOException, MalformedRecordException {
    String output = spool.output(run);
    outputCharacters += output.length();
    return output;
  }

  /**
   * Files without a start: of a run that was lost and went on writing after that, or somebody's who
   * fills the spool. They must not keep the places of others.
   */
  private void orphan(Run run) {
    if (orphaned.isLong(run.id())) {
      end(run, events -> events.malformed(run.id(), "its start is missing"));
    }
  }

  private void malformed(Run run, String why) {
    Open known = open.get(run.id());
    end(
        run,
        events -> {
          if (known != null) {
            events.lost(run.id(), known.start(), "(its record cannot be read: " + why + ")\n");
          }
          events.malformed(run.id(), why);
        });
  }

  /** Somebody has removed the files of a run that went on. */
  private void missVanished(Set<String> listed) {
    for (Open known : List.copyOf(open.values())) {
      if (!listed.contains(known.run().id())) {
        String why = "(its record has vanished from " + spool.directory() + ")\n";
        end(known.run(), events -> events.lost(known.run().id(), known.start(), why));
      }
    }
  }

  private void end(Run run, Consumer<JobEvents> teller) {
    news.add(new JobNews(run, true, false, teller));
    over.add(run.id());
    open.remove(run.id());
  }
}
