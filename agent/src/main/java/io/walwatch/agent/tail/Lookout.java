/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees which paths match, and which files they lead to at this moment. */
final class Lookout {
  private final List<Glob> globs;
  private final Disk disk;
  private final Troubles troubles;
  private final Directories directories;
  private final Map<Path, FileStat> found = new LinkedHashMap<>();
  private final Map<Path, FileKey> ledTo = new LinkedHashMap<>();
  private final Map<Path, List<Path>> listed;
  private final Set<Path> looked = new HashSet<>();
  private Set<Path> strays = new LinkedHashSet<>();
  private Set<Path> straysBefore = Set.of();
  private long beganMillis;
  private long lookedMillis;
  private final Set<Path> unseen = new HashSet<>();

  /**
   * Looks for the first time.
   *
   * @param lookedMillis as {@link #lookedMillis()}, of an earlier run; 0 if there was none
   */
  Lookout(Tailing tailing, long lookedMillis) {
    this.lookedMillis = lookedMillis;
    this.globs = tailing.source().globs().stream().map(Glob::of).toList();
    this.disk = tailing.disk();
    this.troubles = tailing.troubles();
    Runnable forgotten = () -> tailing.events().limited(TailBound.PATHS, 1);
    this.listed = new LastUsed<>(any -> forgotten.run());
    this.directories = new Directories(disk, troubles, tailing.nanoClock(), forgotten);
  }

  /** Looks at all paths; returns what they lead to, until the next look. */
  Map<Path, FileStat> look() {
    beginLook();
    for (Glob glob : globs) {
      Finds finds = new Finds(glob);
      glob.expand(directories, finds);
      if (glob.hasWildcards()) {
        tellEmpty(glob, finds.matched);
      }
    }
    troubles.forgetGone(this::mayBeThere);
    return found;
  }

  /** What a pattern caught is over once it is deleted; what was asked for by name is missed. */
  private boolean mayBeThere(String told) {
    Path path = Path.of(told);
    if (found.containsKey(path)
        || looked.contains(path)
        || globs.stream().anyMatch(glob -> glob.text().equals(told) || glob.path().equals(path))) {
      return true;
    }
    try {
      disk.stat(path);
      return true;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return disk.isLink(path);
    } catch (IOException e) {
      return true;
    }
  }

  private void beginLook() {
    lookedMillis = isSeen() ? beganMillis : lookedMillis;
    beganMillis = disk.nowMillis();
    found.clear();
    looked.clear();
    unseen.clear();
    straysBefore = strays;
    strays = new LinkedHashSet<>();
  }

  /** The first look sees what was there before us: what it could not see is for later ones. */
  private boolean isSeen() {
    return beganMillis != 0 && (lookedMillis == 0 || unseen().isEmpty());
  }

  /**
   * When the look before this one began, the last that saw all: what came to a path at which it saw
   * nothing is not older. 0 where there was none.
   */
  long lookedMillis() {
    return lookedMillis;
  }

  /** As {@link #lookedMillis()}, once this look is over. */
  long nextLookedMillis() {
    return isSeen() ? beganMillis : lookedMillis;
  }

  /** Whether the path led to another file before; remembers where it leads now. */
  boolean hasChanged(Path path, FileKey key) {
    FileKey before = ledTo.put(path, key);
    return before != null && !before.equals(key);
  }

  /** Forgets paths that lead nowhere and whose last file is forgotten. */
  void forget(Set<FileKey> known) {
    ledTo.entrySet().removeIf(e -> !found.containsKey(e.getKey()) && !known.contains(e.getValue()));
  }

  /** Directories in which a path may begin to match, or to lead elsewhere. */
  Set<Path> directories() {
    return Set.copyOf(looked);
  }

  /** Where all paths led at the last look. */
  Map<Path, FileStat> found() {
    return found;
  }

  /** Whether a directory may have changed since this was asked for last. */
  boolean hasChanged(Path directory) {
    List<Path> entries = directories.list(directory);
    return entries != listed.put(directory, entries);
  }

  boolean leadsSomewhere(Path path) {
    return found.containsKey(path);
  }

  /**
   * Paths that the last look could not see, though they may well be there: files, and directories
   * with what is in them. A set of the caller's own.
   */
  Set<Path> unseen() {
    Set<Path> all = new HashSet<>(unseen);
    looked.stream().filter(directories::isUnreadable).forEach(all::add);
    return all;
  }

  /** Paths that would match, of files that were rotated or compressed, and those that must. */
  Set<Path> strays() {
    Set<Path> all = new LinkedHashSet<>(strays);
    globs.stream().filter(glob -> !glob.hasWildcards()).map(Glob::path).forEach(all::add);
    return all;
  }

  /** Those of them that lead nowhere and were not among them at the look before, or must match. */
  Set<Path> newStrays() {
    Set<Path> fresh = strays();
    fresh.removeAll(straysBefore);
    fresh.removeAll(found.keySet());
    return fresh;
  }

  private boolean stat(Path path, boolean named) {
    try {
      FileStat stat = disk.stat(path);
      if (stat.regular()) {
        found.put(path, stat);
        return true;
      }
      // A directory, a FIFO or a socket has no end that could be reached.
      troubles.missing(path.toString(), "not a regular file", false);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // A directory entry that is gone by now is no trouble, a path that was asked for is.
      if (named) {
        troubles.missing(path.toString(), IoReason.of(e), ledTo.containsKey(path));
      } else if (disk.isLink(path)) {
        troubles.missing(path.toString(), Troubles.problemOfLink(e), true);
      }
    } catch (IOException e) {
      unseen.add(path);
      troubles.missing(path.toString(), IoReason.of(e), false);
    }
    return false;
  }

  private void tellEmpty(Glob glob, boolean matched) {
    if (matched) {
      troubles.worked(glob.text());
    } else {
      troubles.missing(glob.text(), "no file matches", !ledTo.isEmpty());
    }
  }

  private final class Finds implements Glob.Finds {
    private final Glob glob;
    private boolean matched;

    Finds(Glob glob) {
      this.glob = glob;
    }

    @Override
    public void directory(Path directory) {
      looked.add(directory);
    }

    /** What a wildcard catches in passing is lines; who wants the text of archives says so. */
    @Override
    public void path(Path path) {
      if (RotatedNames.isGzip(glob.text()) || !RotatedNames.isCompressed(path.toString())) {
        matched |= stat(path, !glob.hasWildcards());
      }
    }

    @Override
    public void rotatedFrom(Path path) {
      strays.add(path);
    }
  }
}
