/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;

/**
 * One number for every name that can wait to be archived. Whole segments have their {@link
 * SegmentKey}; the few histories, backup labels and partial segments get negative numbers, handed
 * out in the order in which they are seen.
 */
final class FileKeys {
  private final Map<String, Long> keys = new HashMap<>();
  private final Map<Long, WalFile> files = new HashMap<>();
  private long lastKey = SegmentKey.NONE;

  /**
   * The key of a file, or NONE for one that is not PostgreSQL's.
   *
   * @param text its name, with or without something after it
   * @param length how long the name is
   */
  long key(String text, int length) {
    if (length == SegmentKey.NAME_LENGTH) {
      return SegmentKey.parse(text);
    }
    String name = text.substring(0, length);
    Long known = keys.get(name);
    if (known != null) {
      return known;
    }
    WalFile file = WalFile.parse(name);
    if (file == null) {
      return SegmentKey.NONE;
    }
    lastKey--;
    keys.put(name, lastKey);
    files.put(lastKey, file);
    return lastKey;
  }

  WalFile file(long key) {
    return isSegment(key)
        ? new WalFile(SegmentKey.name(key), WalFileKind.SEGMENT)
        : Objects.requireNonNull(files.get(key), "never handed out");
  }

  static boolean isSegment(long key) {
    return key >= 0;
  }

  /** Forgets the names whose keys are no longer used. */
  void retain(LongPredicate used) {
    files.keySet().removeIf(key -> !used.test(key));
    keys.values().removeIf(key -> !used.test(key));
  }
}
