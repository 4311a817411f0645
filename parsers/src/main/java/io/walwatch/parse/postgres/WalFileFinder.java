/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.WalFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the name of a WAL file inside a command or a path. */
final class WalFileFinder {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![0-9A-Za-z])([0-9A-F]{24}(\\.partial|\\.[0-9A-F]{8}\\.backup)?|[0-9A-F]{8}\\.history)"
              + "(?![0-9A-Za-z])");

  private WalFileFinder() {}

  /** The last one: a command names source before target, and both are the same file. */
  static @Nullable WalFile last(String text) {
    WalFile found = null;
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      found = WalFile.parse(matcher.group());
    }
    return found;
  }
}
