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
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What lies in one directory, as it was at one moment. While a directory is listed, a chain of
 * renames may move a file from a name that is still to come to one that has passed, so that it is
 * seen under neither: a listing counts only if a second one agrees.
 */
final class Siblings {
  private static final Comparator<Sibling> ORDER =
      Comparator.comparing(Sibling::isGzip).thenComparing(Sibling::path);

  /** More would only be needed where renames never pause. */
  private static final int MAX_LISTINGS = 8;

  private final Disk disk;
  private final Map<Path, List<Sibling>> listings = new HashMap<>();
  private final Map<Path, Path> targets = new HashMap<>();

  Siblings(Disk disk) {
    this.disk = disk;
  }

  /** What directories held is not true any more. */
  void forget() {
    listings.clear();
    targets.clear();
  }

  /**
   * The files beside a path, and beside the file that it leads to where it is a link, that can be
   * read; compressed ones come last.
   */
  List<Sibling> beside(Path path, Set<FileKey> taken) throws IOException {
    List<Sibling> siblings = new ArrayList<>(in(path.getParent()));
    Path elsewhere = target(path).getParent();
    if (!Objects.equals(elsewhere, path.getParent())) {
      siblings.addAll(in(elsewhere));
      siblings.sort(ORDER);
    }
    siblings.removeIf(sibling -> taken.contains(sibling.stat.key()));
    return siblings;
  }

  /** Says of a file whether it may be one that was rotated away from a path. */
  Predicate<Sibling> rotationsOf(Path path) throws IOException {
    Path target = target(path);
    return sibling -> sibling.isRotationOf(path) || sibling.isRotationOf(target);
  }

  private Path target(Path path) throws IOException {
    Path target = targets.get(path);
    if (target == null) {
      target = disk.target(path);
      targets.put(path, target);
    }
    return target;
  }

  private List<Sibling> in(@Nullable Path directory) throws IOException {
    if (directory == null) {
      return List.of();
    }
    List<Sibling> all = listings.get(directory);
    if (all == null) {
      all = still(directory);
      listings.put(directory, all);
    }
    return all;
  }

  private List<Sibling> still(Path directory) throws IOException {
    List<Sibling> siblings = siblings(directory);
    for (int number = 1; number < MAX_LISTINGS; number++) {
      List<Sibling> before = siblings;
      siblings = siblings(directory);
      if (keys(siblings).equals(keys(before))) {
        break;
      }
    }
    return siblings;
  }

  private static Map<Path, FileKey> keys(List<Sibling> siblings) {
    Map<Path, FileKey> keys = new HashMap<>();
    siblings.forEach(sibling -> keys.put(sibling.path, sibling.stat.key()));
    return keys;
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
    siblings.sort(ORDER);
    return siblings;
  }

  private List<Path> list(Path directory) throws IOException {
    try {
      return disk.list(directory);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private @Nullable FileStat stat(Path path) throws IOException {
    try {
      return disk.stat(path);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** A file beside a path, under its own name. */
  record Sibling(Path path, FileStat stat, @Nullable Path base, @Nullable Path extendedBase) {
    Sibling(Path path, FileStat stat) {
      this(
          path,
          stat,
          name(RotatedNames.baseOf(String.valueOf(path.getFileName()))),
          name(RotatedNames.baseBeforeExtensionOf(String.valueOf(path.getFileName()))));
    }

    private static @Nullable Path name(@Nullable String text) {
      return text == null ? null : Path.of(text);
    }

    boolean isGzip() {
      return RotatedNames.isGzip(path.toString());
    }

    /** Makes no text of the path: with many files this is asked for each pair of them. */
    boolean isRotationOf(Path origin) {
      return (base != null && origin.endsWith(base))
          || (extendedBase != null && origin.endsWith(extendedBase));
    }

    boolean isCompressionOf(Sibling other) {
      return isGzip() && path.toString().equals(other.path + ".gz");
    }
  }
}
