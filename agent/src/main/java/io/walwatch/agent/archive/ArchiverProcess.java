/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.settings.ServerSettings;
import io.walwatch.parse.ArchiverSightings;
import io.walwatch.parse.ArchiverSightings.Sighting;
import io.walwatch.parse.ArchiverWitness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's archiver as /proc shows it: a child of the postmaster whose title says so. Where the
 * postmaster of {@code postmaster.pid} is not visible as PostgreSQL, nothing is known. Used on the
 * loop's thread only.
 */
public final class ArchiverProcess implements ArchiverWitness {
  /** An archiver that dies at each attempt is another one every ten seconds. */
  private static final int MAX_SIGHTINGS = 64;

  /** Sessions that fail at a library of theirs may be many. */
  private static final Duration LIBRARY_LASTS = Duration.ofSeconds(1);

  /**
   * To its end, since a session's title begins with what a role is called and goes on with its
   * database, its client and its command (ps_status.c; pgarch.c has the words behind).
   */
  private static final Pattern TITLE =
      Pattern.compile(
          "postgres: (?:.*: )?archiver(?: process)?"
              + "(?:\\s+(?:archiving|last was|failed on) [0-9A-F.]+(?:history|backup|partial)?)?\\s*");

  private final Path proc;
  private final Path dataDirectory;
  private final InstantSource clock;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Set<String> others = new HashSet<>();
  private ArchiverSightings known = ArchiverSightings.NONE;
  private Instant lookedAt = Instant.MIN;
  private @Nullable Sighting present;
  private @Nullable String library;
  private Instant libraryReadAt = Instant.EPOCH;

  public ArchiverProcess(Path dataDirectory, InstantSource clock) {
    this(dataDirectory, clock, Path.of("/proc"));
  }

  /**
   * Looks at nothing yet.
   *
   * @param proc where processes are seen, {@code /proc}
   */
  public ArchiverProcess(Path dataDirectory, InstantSource clock, Path proc) {
    this.dataDirectory = dataDirectory;
    this.clock = clock;
    this.proc = proc;
  }

  @Override
  public ArchiverSightings upTo(@Nullable Instant at) {
    if (at != null && at.isAfter(lookedAt)) {
      look();
    }
    return known;
  }

  @Override
  public @Nullable String library() {
    Instant now = clock.instant();
    if (now.isAfter(libraryReadAt.plus(LIBRARY_LASTS)) || now.isBefore(libraryReadAt)) {
      libraryReadAt = now;
      ServerSettings settings = ServerSettings.read(dataDirectory);
      String unset = settings.isComplete() ? "" : null;
      library = settings.get("archive_library").orElse(unset);
    }
    return library;
  }

  /** Looks now. Costs two small files while the archiver is where it was. Never fails. */
  public void look() {
    lookedAt = clock.instant();
    Optional<ProcessStat> postmaster = postmaster();
    Sighting archiver = present;
    if (postmaster.isEmpty()) {
      archiver = null;
    } else if (archiver == null || !isStillThere(archiver, postmaster.get())) {
      archiver = find(postmaster.get());
    }
    present = archiver;
    if (archiver != null) {
      remember(new Sighting(archiver.pid(), archiver.started(), lookedAt));
    }
  }

  private void remember(Sighting sighting) {
    sightings.removeIf(
        old -> old.pid() == sighting.pid() && old.started().equals(sighting.started()));
    sightings.add(sighting);
    if (sightings.size() > MAX_SIGHTINGS) {
      sightings.remove(0);
    }
    known = new ArchiverSightings(sightings);
  }

  /** The postmaster, where it is PostgreSQL's and was started when its file says. */
  private Optional<ProcessStat> postmaster() {
    List<String> lines;
    try {
      Path file = dataDirectory.resolve("postmaster.pid");
      lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (lines.size() < 3) {
      return Optional.empty();
    }
    return ProcessStat.read(proc, lines.get(0).strip())
        .filter(ProcessStat::isPostgres)
        .filter(stat -> stat.startedAbout(lines.get(2).strip()));
  }

  private boolean isStillThere(Sighting archiver, ProcessStat postmaster) {
    return ProcessStat.read(proc, Long.toString(archiver.pid()))
        .filter(stat -> stat.parent().equals(postmaster.pid()))
        .filter(stat -> stat.started().equals(archiver.started()))
        .isPresent();
  }

  private @Nullable Sighting find(ProcessStat postmaster) {
    Set<String> children = postmaster.children();
    others.retainAll(children);
    for (String child : children) {
      if (!others.contains(child)) {
        Optional<ProcessStat> stat = ProcessStat.read(proc, child);
        String title = stat.isPresent() ? stat.get().title() : "";
        if (stat.isPresent() && TITLE.matcher(title).matches()) {
          return new Sighting(Long.parseLong(child), stat.get().started(), lookedAt);
        }
        if (title.startsWith("postgres: ")) {
          // It has a title of its own by now, and keeps being what it is.
          others.add(child);
        }
      }
    }
    return null;
  }
}
