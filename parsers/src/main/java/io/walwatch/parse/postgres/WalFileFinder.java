/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
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

  private static final int SEGMENT_DIGITS = 24;
  private static final int TIMELINE_DIGITS = 8;
  private static final byte[] HISTORY = Ascii.bytes(".history");

  private WalFileFinder() {}

  /** As {@link #last(String)}; costs nothing where the text has no number of such a length. */
  static @Nullable WalFile last(ByteSlice text) {
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && isDigit(text.byteAt(i))) {
        digits++;
      } else {
        if (digits == SEGMENT_DIGITS
            || (digits == TIMELINE_DIGITS && text.startsWith(HISTORY, i))) {
          return last(text.toString());
        }
        digits = 0;
      }
    }
    return null;
  }

  private static boolean isDigit(byte b) {
    return Ascii.isDigit(b) || (b >= 'A' && b <= 'F');
  }

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
