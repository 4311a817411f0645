/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * History files in a store on a file system, as far as Java can read them: plain and gzip. WAL-E
 * writes {@code .lzo}, WAL-G {@code .lz4}, {@code .br}, {@code .zst} and such, which it cannot.
 */
final class StoredHistory {
  private static final Pattern NAME = Pattern.compile("([0-9A-F]{8})\\.history(\\.gz)?");

  private StoredHistory() {}

  /**
   * Hands it over, where the file is one that can be read. One that is damaged tells nothing: that
   * is said where its timeline is joined by number.
   */
  static void read(Path file, BiConsumer<Long, TimelineHistory> taker) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return;
    }
    try (InputStream plain = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        InputStream text = name.group(2) == null ? plain : new GZIPInputStream(plain)) {
      byte[] bytes = text.readNBytes(TimelineHistory.MAX_BYTES);
      TimelineHistory history =
          TimelineHistory.parse(new String(bytes, StandardCharsets.ISO_8859_1).lines().toList());
      if (!history.switches().isEmpty()) {
        taker.accept(Long.parseLong(name.group(1), 16), history);
      }
    } catch (IOException unreadable) {
      return;
    }
  }
}
