/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out the bodies of private keys whose first line, last line or both were cut away: only the
 * end of an output is kept, and a log is read back from some place in it.
 */
final class PrivateKeys {
  private static final Pattern END =
      Pattern.compile("\\s*-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----.*");
  private static final Pattern BEGIN =
      Pattern.compile(".*-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----\\s*");
  private static final Pattern BASE64 = Pattern.compile("\\s*[A-Za-z0-9+/]{1,76}={0,2}\\s*");
  private static final Pattern CHECKSUM = Pattern.compile("\\s*=[A-Za-z0-9+/]{4}\\s*");

  /** As long as OpenSSL, OpenSSH and GnuPG make it, and no checksum in hexadecimal. */
  private static final Pattern FULL =
      Pattern.compile("\\s*(?=\\S*[G-Zg-z+/])(?:\\S{64}|\\S{70}|\\S{76})\\s*");

  private PrivateKeys() {}

  /** The text without them. */
  static String mask(String text) {
    String[] lines = text.split("\n", -1);
    List<String> masked = new ArrayList<>(lines.length);
    int from = 0;
    while (from < lines.length) {
      int to = from;
      while (to < lines.length && isBody(lines[to])) {
        to++;
      }
      maskRun(lines, from, to, masked);
      if (to < lines.length) {
        masked.add(lines[to]);
      }
      from = to + 1;
    }
    return String.join("\n", masked);
  }

  private static boolean isBody(String line) {
    return BASE64.matcher(line).matches() || CHECKSUM.matcher(line).matches();
  }

  /** A word alone on its line looks like a part of a key as well: those around it stay. */
  private static void maskRun(String[] lines, int from, int to, List<String> masked) {
    List<String> run = Arrays.asList(lines).subList(from, to);
    boolean begun = from > 0 && BEGIN.matcher(lines[from - 1]).matches();
    boolean ended = to < lines.length && END.matcher(lines[to]).matches();
    int first = 0;
    while (first < run.size() && !isFull(run.get(first))) {
      first++;
    }
    int last = run.size();
    while (last > first && !isFull(run.get(last - 1))) {
      last--;
    }
    if (begun || (!ended && last - first < 2)) {
      masked.addAll(run);
      return;
    }
    if (first == run.size()) {
      first = Math.max(0, run.size() - 1);
    }
    int start = from == 0 ? 0 : first;
    int end = ended ? run.size() : Math.min(run.size(), last + (isRest(run, last) ? 1 : 0));
    masked.addAll(run.subList(0, start));
    if (start < end) {
      masked.add("***");
    }
    masked.addAll(run.subList(end, run.size()));
  }

  private static boolean isFull(String line) {
    return FULL.matcher(line).matches();
  }

  private static boolean isRest(List<String> run, int line) {
    return line < run.size() && run.get(line).strip().length() % 4 == 0;
  }
}
