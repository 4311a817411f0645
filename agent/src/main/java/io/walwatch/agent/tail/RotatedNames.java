/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How rotated logs are named: {@code pg.log.1}, {@code pg.log-20261122}, {@code pg.log.old}, with
 * logrotate's {@code extension} {@code pg-20261122.log}, each perhaps compressed.
 */
final class RotatedNames {
  private static final Pattern COMPRESSED = Pattern.compile("\\.(gz|bz2|xz|zst|lz4|lzo|Z)$");
  private static final Pattern SUFFIX =
      Pattern.compile("[.\\-_~]([0-9][0-9.\\-_T:]*|old|bak|prev|save)");
  private static final Pattern ROTATED = Pattern.compile("(.+?)" + SUFFIX.pattern());
  private static final Pattern EXTENDED =
      Pattern.compile("(.+?)" + SUFFIX.pattern() + "(\\.[^.0-9][^.]*)");
  private static final String GZIP = ".gz";

  private RotatedNames() {}

  /** Whether a file of this name holds compressed bytes, not lines. */
  static boolean isCompressed(String name) {
    return COMPRESSED.matcher(name).find();
  }

  /** Whether it is compressed in the way that the JDK can read. */
  static boolean isGzip(String name) {
    return name.endsWith(GZIP);
  }

  /** Whether what it holds can be read, if it is a log. */
  static boolean isReadable(String name) {
    return !isCompressed(name) || isGzip(name);
  }

  /** The name that a file had before it was rotated or compressed, or null if it was not. */
  static @Nullable String baseOf(String name) {
    String plain = COMPRESSED.matcher(name).replaceFirst("");
    Matcher rotated = ROTATED.matcher(plain);
    if (rotated.matches()) {
      return rotated.group(1);
    }
    return plain.equals(name) ? null : plain;
  }

  /** As {@link #baseOf}, of a name that got its date before its extension. */
  static @Nullable String baseBeforeExtensionOf(String name) {
    Matcher rotated = EXTENDED.matcher(COMPRESSED.matcher(name).replaceFirst(""));
    return rotated.matches() ? rotated.group(1) + rotated.group(3) : null;
  }

  /** Whether a file of this name may hold what {@code base} held before it was rotated. */
  static boolean isRotationOf(String base, String name) {
    return base.equals(baseOf(name)) || base.equals(baseBeforeExtensionOf(name));
  }
}
