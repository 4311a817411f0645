/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The paths that a file may have had before it was found at the one it has: that same one, or the
 * one it was rotated from. Taken apart once, since it is asked for all files that are remembered.
 */
record Homes(String path, @Nullable String rotatedFrom, @Nullable String datedFrom) {
  static Homes of(Path path) {
    String name = String.valueOf(path.getFileName());
    return new Homes(
        path.toString(),
        beside(path, RotatedNames.baseOf(name)),
        beside(path, RotatedNames.baseBeforeExtensionOf(name)));
  }

  private static @Nullable String beside(Path path, @Nullable String name) {
    return name == null ? null : path.resolveSibling(name).toString();
  }

  /** Whether a file, or a copy of it, that was last known at a path may be this one. */
  boolean include(String home) {
    return home.equals(path) || home.equals(rotatedFrom) || home.equals(datedFrom);
  }
}
