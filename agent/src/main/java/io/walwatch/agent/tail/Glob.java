/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A path whose names may hold wildcards, matched name by name. */
final class Glob {
  private final String text;
  private final Path root;
  private final List<Level> levels = new ArrayList<>();

  private Glob(String text) {
    this.text = text;
    Path whole = Path.of(text).toAbsolutePath().normalize();
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

  String text() {
    return text;
  }

  boolean hasWildcards() {
    return levels.stream().anyMatch(Level::isPattern);
  }

  /**
   * Finds what matches now. A name without wildcards is taken as it stands, there or not.
   *
   * @param looked receives the directories in which something could begin or cease to match
   */
  void expand(Directories directories, Set<Path> looked, Consumer<Path> found) {
    expand(root, 0, directories, looked, found);
  }

  private void expand(
      Path at, int depth, Directories directories, Set<Path> looked, Consumer<Path> found) {
    if (depth == levels.size()) {
      found.accept(at);
      return;
    }
    looked.add(at);
    Level level = levels.get(depth);
    if (level.matcher == null) {
      expand(at.resolve(level.name), depth + 1, directories, looked, found);
      return;
    }
    for (Path entry : directories.list(at)) {
      if (level.matcher.matches(entry.getFileName())) {
        expand(entry, depth + 1, directories, looked, found);
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
