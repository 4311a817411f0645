/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A log of numbered lines that is rotated as logrotate does: {@code .1}, {@code .2}, and so on. */
final class NumberedLog {
  final Path path;
  private final List<String> written = new ArrayList<>();
  private int lines;

  /**
   * @param directory made here
   */
  NumberedLog(Path directory) throws IOException {
    path = Files.createDirectory(directory).resolve("wal-e.log");
  }

  void write(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String text = "line " + lines++;
      written.add(text);
      TestingTail.append(path, text + "\n");
    }
  }

  /** Moves the chain on; the oldest that is kept is overwritten. */
  void rotate(int kept) throws IOException {
    for (int generation = kept; generation >= 1; generation--) {
      Path from = generation == 1 ? path : generation(generation - 1);
      if (Files.exists(from)) {
        Files.move(from, generation(generation), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Where a rotated generation lies. */
  Path generation(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** What was written since the last {@link #forget}. */
  List<String> written() {
    return written;
  }

  /** Nobody shall read what was written so far. */
  void forget() {
    written.clear();
  }
}
