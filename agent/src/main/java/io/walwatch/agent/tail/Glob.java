/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path whose names may hold wildcards, matched name by name. */
final class Glob {
  private final String text;
  private final Path whole;
  private final Path root;
  private final List<Level> levels = new ArrayList<>();

  private Glob(String text) {
    this.text = text;
    this.whole = Path.of(text).toAbsolutePath().normalize();
    Path path = whole.getRoot();
    int last = whole.getNameCount() - 1;
    for (int i = 0; i <= last; i++) {
      Level level = Level.of(whole.getName(i).toString());
      if (i < last && levels.isEmpty() && !level.isPattern()) {
        path = path.resolve(level.name);
      } else {
        levels.add(level);
      }
    }
    this.root = path;
  }

  /**
   * Reads a pattern.
   *
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  static Glob of(String text) {
    return new Glob(text);
  }

  /** Itself, where it has no wildcards. */
  Path path() {
    return whole;
  }

  String text() {
    return text;
  }

  boolean hasWildcards() {
    return levels.stream().anyMatch(Level::isPattern);
  }

  /** Takes what a glob finds. */
  interface Finds {
    /** Something could begin or cease to match in this directory. */
    void directory(Path directory);

    /** Matches; a name without wildcards is taken as it stands, there or not. */
    void path(Path path);

    /** Would match under the name that it had before it was rotated or compressed. */
    void rotatedFrom(Path path);
  }

  /** Finds what matches now. */
  void expand(Directories directories, Finds finds) {
    expand(root, 0, directories, finds);
  }

  private void expand(Path at, int depth, Directories directories, Finds finds) {
    if (depth == levels.size()) {
      finds.path(at);
      return;
    }
    finds.directory(at);
    Level level = levels.get(depth);
    if (level.matcher == null) {
      expand(at.resolve(level.name), depth + 1, directories, finds);
      return;
    }
    for (Path entry : directories.list(at)) {
      String base = RotatedNames.baseOf(String.valueOf(entry.getFileName()));
      if (level.matcher.matches(entry.getFileName())) {
        expand(entry, depth + 1, directories, finds);
      }
      if (base != null && level.matcher.matches(Path.of(base))) {
        finds.rotatedFrom(at.resolve(base));
      }
    }
  }

  private record Level(String name, @Nullable PathMatcher matcher) {
    static Level of(String name) {
      boolean pattern = name.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
      return new Level(
          name, pattern ? FileSystems.getDefault().getPathMatcher("glob:" + name) : null);
    }

    boolean isPattern() {
      return matcher != null;
    }
  }
}
