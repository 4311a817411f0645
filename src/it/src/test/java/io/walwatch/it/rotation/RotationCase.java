/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.writer.AppendingFile;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** What happens to logs in the world. Each begins with an empty, followed {@code wal-e.log}. */
enum RotationCase {
  LINES_ARE_APPENDED("lines are appended", 50, hand -> hand.append("wal-e.log", 50)),

  RENAME_AND_CREATE(
      "renamed, and a new file made at once",
      75,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.append("wal-e.log", 65);
      }),

  LAST_LINE_BEFORE_RENAME(
      "a line just before the rename, many after it",
      51,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.append("wal-e.log", 1);
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.append("wal-e.log", 40);
      }),

  RENAME_WITH_A_GAP(
      "renamed, and for a while there is no file",
      18,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.pause();
        hand.append("wal-e.log", 8);
      }),

  RENAME_CHAIN(
      "rotated twice at once: .1 to .2, and the log to .1",
      50,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.append("wal-e.log", 5);
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.append("wal-e.log", 20);
        hand.rotateChain();
        hand.append("wal-e.log", 15);
      }),

  NEW_FILE_NAMED_BY_DATE(
      "a new file named by its date",
      60,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.append("wal-e-2026-11-23.log", 50);
      }),

  COPYTRUNCATE(
      "copied and truncated, then written again",
      30,
      hand -> {
        hand.append("wal-e.log", 20);
        hand.settle();
        Files.copy(hand.path("wal-e.log"), hand.path("wal-e.log.1"));
        hand.truncate("wal-e.log");
        hand.pause();
        hand.append("wal-e.log", 10);
      }),

  COPYTRUNCATE_REGROWN(
      "copied and truncated, and larger than before at once",
      50,
      hand -> {
        hand.append("wal-e.log", 20);
        hand.settle();
        Files.copy(hand.path("wal-e.log"), hand.path("wal-e.log.1"));
        hand.truncate("wal-e.log");
        hand.append("wal-e.log", 30);
      }),

  TRUNCATE_ON_ROTATION(
      "truncated by its writer (log_truncate_on_rotation), and larger than before at once",
      50,
      hand -> {
        hand.append("wal-e.log", 20);
        hand.settle();
        hand.truncate("wal-e.log");
        hand.append("wal-e.log", 30);
      }),

  SHRUNK(
      "cut to half of its length, then written again",
      25,
      hand -> {
        hand.append("wal-e.log", 10);
        long size = Files.size(hand.path("wal-e.log"));
        hand.append("wal-e.log", 10);
        hand.settle();
        try (AppendingFile file = AppendingFile.open(hand.path("wal-e.log"))) {
          file.truncate(size);
        }
        hand.pause();
        hand.append("wal-e.log", 5);
      }),

  DELETED_AND_MADE_ANEW(
      "deleted and made anew",
      50,
      hand -> {
        hand.append("wal-e.log", 20);
        hand.settle();
        Files.delete(hand.path("wal-e.log"));
        hand.append("wal-e.log", 30);
      }),

  LINE_IN_TWO_PIECES(
      "a line written in two pieces",
      1,
      hand -> {
        try (AppendingFile file = AppendingFile.open(hand.path("wal-e.log"))) {
          String end = hand.unterminated(file);
          hand.pause();
          hand.terminate(file, end);
        }
      }),

  LAST_LINE_WITHOUT_AN_END(
      "the last line has no end when the file is renamed",
      13,
      hand -> {
        try (AppendingFile file = AppendingFile.open(hand.path("wal-e.log"))) {
          hand.write(file, 10);
          hand.terminate(file, hand.unterminated(file).stripTrailing());
        }
        hand.settle();
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.append("wal-e.log", 2);
      }),

  LATE_WRITER(
      "a writer that keeps the renamed file open",
      30,
      hand -> {
        try (AppendingFile old = AppendingFile.open(hand.path("wal-e.log"))) {
          hand.write(old, 10);
          hand.settle();
          hand.rename("wal-e.log", "wal-e.log.1");
          hand.append("wal-e.log", 10);
          hand.pause();
          hand.write(old, 10);
        }
      }),

  TOUCHED(
      "touched, nothing written",
      11,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        Files.setLastModifiedTime(
            hand.path("wal-e.log"), FileTime.from(Instant.now().plusSeconds(2)));
        hand.pause();
        hand.append("wal-e.log", 1);
      }),

  HARD_LINK(
      "a second name (hard link) that matches as well",
      20,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        Files.createLink(hand.path("wal-e-2.log"), hand.path("wal-e.log"));
        hand.pause();
        hand.append("wal-e.log", 10);
      }),

  SYMBOLIC_LINK_SWITCHED(
      "a symbolic link that leads to another file",
      30,
      hand -> {
        Files.move(hand.path("wal-e.log"), hand.path("0.log"));
        Files.createSymbolicLink(hand.path("wal-e.log"), hand.path("0.log"));
        hand.append("0.log", 10);
        hand.settle();
        hand.append("1.log", 20);
        Files.delete(hand.path("wal-e.log"));
        Files.createSymbolicLink(hand.path("wal-e.log"), hand.path("1.log"));
      }),

  DIRECTORY_MADE_ANEW(
      "its directory is renamed, and made anew later",
      30,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        Files.move(hand.path(""), hand.path("").resolveSibling("old"));
        hand.pause();
        Files.createDirectory(hand.path(""));
        hand.append("wal-e.log", 20);
      }),

  MANY_FILES(
      "1,000 new files with a push each",
      1_000,
      hand -> {
        for (int file = 0; file < 1_000; file++) {
          hand.append("wal-e-" + file + ".log", 1);
        }
      }),

  RESTART(
      "killed, lines written while it was down",
      40,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.contestant().kill();
        hand.append("wal-e.log", 30);
        hand.contestant().start();
      }),

  RESTART_AFTER_ROTATIONS(
      "killed, rotated twice while it was down",
      50,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.contestant().kill();
        hand.append("wal-e.log", 5);
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.append("wal-e.log", 30);
        hand.rotateChain();
        hand.append("wal-e.log", 5);
        hand.contestant().start();
      }),

  RESTART_AFTER_COMPRESSION(
      "killed, written, rotated and compressed while it was down",
      35,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.contestant().kill();
        hand.append("wal-e.log", 20);
        hand.rename("wal-e.log", "wal-e.log.1");
        hand.compress("wal-e.log.1");
        hand.append("wal-e.log", 5);
        hand.contestant().start();
      }),

  RESTART_WITH_ANOTHER_FILE(
      "killed, deleted and made anew (the inode is free) while it was down",
      40,
      hand -> {
        hand.append("wal-e.log", 10);
        hand.settle();
        hand.contestant().kill();
        Files.delete(hand.path("wal-e.log"));
        hand.append("wal-e.log", 30);
        hand.contestant().start();
      });

  private final String title;
  private final int pushes;

  // A lambda that captures nothing cannot change; Error Prone cannot see that it does not.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Story story;

  RotationCase(String title, int pushes, Story story) {
    this.title = title;
    this.pushes = pushes;
    this.story = story;
  }

  String title() {
    return title;
  }

  /** Pushes that it writes. */
  int pushes() {
    return pushes;
  }

  /** Plays it to the end, and waits until what comes of it has come. */
  void play(LogHand hand) throws Exception {
    story.play(hand);
    hand.conclude();
  }
}
