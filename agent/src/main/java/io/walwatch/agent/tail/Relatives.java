/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds generations that no path of ours leads to any more, among the files beside the path they
 * had: under their rotated name, as a copy, or compressed.
 */
final class Relatives {
  private final Tailing tailing;
  private final Map<Path, List<Sibling>> listings = new HashMap<>();

  Relatives(Tailing tailing) {
    this.tailing = tailing;
  }

  /** What directories held is not true any more. */
  void forget() {
    listings.clear();
  }

  /** Says whether a file is the one that is looked for. */
  @FunctionalInterface
  interface Check {
    boolean test(FileKey key, LogFile file) throws IOException;
  }

  /** A file beside a path, open. */
  record Relative(Path path, FileStat stat, LogFile file) {}

  /**
   * Finds the file that a position belongs to.
   *
   * @param taken files that are known to be others
   * @return the file, or null if there is none
   * @throws IOException if that cannot be said now, since something could not be read
   */
  @Nullable Relative find(FilePosition position, Set<FileKey> taken) throws IOException {
    Path path = Path.of(position.path());
    String name = nameOf(path);
    return first(
        siblings(path, taken),
        // An inode alone says too little of a file with a name that says nothing.
        sibling ->
            position.mayBe(sibling.stat.key(), sibling.isRotationOf(name))
                && (sibling.isRotationOf(name) || !position.isUnread()),
        (key, file) -> position.continuesIn(file, tailing.buffer()));
  }

  /**
   * Finds the copy of a generation that then lost its bytes in place.
   *
   * @return the copy, or null if there is none
   * @throws IOException if that cannot be said now, since something could not be read
   */
  @Nullable Relative copyOf(Generation generation, Set<FileKey> taken) throws IOException {
    String name = nameOf(generation.path());
    return first(
        siblings(generation.path(), taken),
        sibling -> sibling.isRotationOf(name),
        (key, file) -> generation.goesOnIn(file, tailing.buffer()));
  }

  /**
   * Finds the generations that came and went between two looks, oldest first.
   *
   * @param path where they must have been
   * @param sinceMillis when the last generation known there was written, as far as known
   * @param taken files that are known already
   * @param fresh whether a file is not known already under another name
   * @param unreadable receives those of which that cannot be said now
   */
  List<Relative> successors(
      Path path,
      long sinceMillis,
      Supplier<Set<FileKey>> taken,
      Check fresh,
      Consumer<FileStat> unreadable)
      throws IOException {
    List<Sibling> siblings = siblings(path, Set.of());
    List<Relative> successors = new ArrayList<>();
    String name = nameOf(path);
    siblings.removeIf(s -> !s.isRotationOf(name) || s.stat.modifiedMillis() < sinceMillis);
    if (siblings.isEmpty()) {
      return successors;
    }
    Set<FileKey> others = taken.get();
    siblings.removeIf(s -> others.contains(s.stat.key()));
    for (Sibling sibling : siblings) {
      // While a file is being compressed it is there twice.
      if (siblings.stream().noneMatch(sibling::isCompressionOf)) {
        try {
          LogFile file = openIf(sibling, fresh);
          if (file != null) {
            successors.add(new Relative(sibling.path, sibling.stat, file));
          }
        } catch (IOException ignored) {
          // Told where it was tried.
          unreadable.accept(sibling.stat);
        }
      }
    }
    successors.sort(Comparator.comparing(r -> r.stat.modifiedMillis()));
    return successors;
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  private @Nullable Relative first(
      List<Sibling> siblings, Predicate<Sibling> candidate, Check check) throws IOException {
    IOException failure = null;
    for (Sibling sibling : siblings) {
      if (candidate.test(sibling)) {
        try {
          LogFile file = openIf(sibling, check);
          if (file != null) {
            return new Relative(sibling.path, sibling.stat, file);
          }
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  /** The files beside a path that can be read; compressed ones come last. */
  private List<Sibling> siblings(Path path, Set<FileKey> taken) throws IOException {
    Path directory = path.getParent();
    if (directory == null) {
      return new ArrayList<>();
    }
    List<Sibling> all = listings.get(directory);
    if (all == null) {
      all = siblings(directory);
      listings.put(directory, all);
    }
    List<Sibling> siblings = new ArrayList<>(all);
    siblings.removeIf(sibling -> taken.contains(sibling.stat.key()));
    return siblings;
  }

  private List<Sibling> siblings(Path directory) throws IOException {
    List<Sibling> siblings = new ArrayList<>();
    for (Path entry : list(directory)) {
      String name = String.valueOf(entry.getFileName());
      FileStat stat = RotatedNames.isReadable(name) ? stat(entry) : null;
      if (stat != null && stat.regular()) {
        siblings.add(new Sibling(entry, stat));
      }
    }
    siblings.sort(Comparator.comparing(Sibling::isGzip).thenComparing(Sibling::path));
    return siblings;
  }

  private List<Path> list(Path directory) throws IOException {
    try {
      return tailing.disk().list(directory);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private @Nullable FileStat stat(Path path) throws IOException {
    try {
      return tailing.disk().stat(path);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private @Nullable LogFile openIf(Sibling sibling, Check check) throws IOException {
    String name = sibling.path.toString();
    try {
      LogFile file = test(sibling, check);
      tailing.troubles().worked(name);
      return file;
    } catch (IOException e) {
      tailing.troubles().missing(name, Troubles.problem(e), false);
      throw e;
    }
  }

  private @Nullable LogFile test(Sibling sibling, Check check) throws IOException {
    LogFile file = tailing.disk().open(sibling.path);
    boolean wanted = false;
    try {
      FileKey key = sibling.stat.key();
      wanted = tailing.disk().stat(sibling.path).key().equals(key) && check.test(key, file);
      return wanted ? file : null;
    } finally {
      if (!wanted) {
        file.close();
      }
    }
  }

  private record Sibling(
      Path path, FileStat stat, @Nullable String base, @Nullable String extendedBase) {
    Sibling(Path path, FileStat stat) {
      this(
          path,
          stat,
          RotatedNames.baseOf(String.valueOf(path.getFileName())),
          RotatedNames.baseBeforeExtensionOf(String.valueOf(path.getFileName())));
    }

    boolean isGzip() {
      return RotatedNames.isGzip(path.toString());
    }

    boolean isRotationOf(String name) {
      return name.equals(base) || name.equals(extendedBase);
    }

    boolean isCompressionOf(Sibling other) {
      return isGzip() && path.toString().equals(other.path + ".gz");
    }
  }
}
