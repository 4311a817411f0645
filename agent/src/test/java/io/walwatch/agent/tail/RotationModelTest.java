/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of what can befall a log, on a real file system, against the real tailer and a
 * small model in lock-step. Where no byte is destroyed unread, delivery must be exact.
 */
class RotationModelTest {
  @TempDir Path directory;

  private enum Action {
    WRITE,
    WRITE_MORE,
    WRITE_PART,
    RENAME,
    REOPEN,
    ROTATE,
    COPY_TRUNCATE,
    COPY,
    TRUNCATE_COPIED,
    COMPRESS,
    REPLACE,
    NEXT_DATE,
    DENY,
    ALLOW,
    POLL,
    POLL_LITTLE,
    DRAIN,
    PASS,
    SAVE,
    RESTART,
    CRASH
  }

  @Test
  void shouldDeliverEachLineExactlyOnce() {
    new Schedules<>(directory, RotationModelTest::run).assertNoneFails(RotationModelTest::possible);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REPLACE RESTART ROTATE DENY WRITE_MORE ROTATE POLL",
        "WRITE WRITE COPY_TRUNCATE WRITE COPY POLL_LITTLE COMPRESS",
        "WRITE NEXT_DATE WRITE_PART SAVE COPY_TRUNCATE COMPRESS",
        "WRITE DRAIN COPY COMPRESS ROTATE ROTATE",
        "WRITE_PART COPY POLL_LITTLE COMPRESS COPY_TRUNCATE"
      })
  void shouldDeliverEachLineExactlyOnceWhereItOnceDidNot(String actions) throws IOException {
    List<Action> schedule = Stream.of(actions.split(" ", -1)).map(Action::valueOf).toList();
    assertThat(run(directory, schedule)).isNull();
  }

  /**
   * Files are denied in every second schedule, and in these none is copied: of one that could never
   * be read only the inode is known, and when that is used again nobody can tell copy from origin.
   */
  private static List<Action> possible(long seed) {
    List<Action> possible = new ArrayList<>(List.of(Action.values()));
    possible.removeAll(
        seed % 2 == 0
            ? List.of(Action.DENY)
            : List.of(Action.COPY_TRUNCATE, Action.COPY, Action.TRUNCATE_COPIED, Action.COMPRESS));
    return possible;
  }

  private static @Nullable String run(Path place, List<Action> actions) throws IOException {
    LogWorld world = new LogWorld(place);
    ModelReader reader = ModelReader.of(place);
    reader.disk.stampedBy(() -> world.clockMillis);
    reader.drain();
    reader.save();
    for (Action action : actions) {
      apply(action, world, reader);
      if (reader.committedLines != reader.delivered.size()) {
        return action + ": committed " + reader.committedLines + " of " + reader.delivered;
      }
    }
    settle(reader);
    List<String> missing = new ArrayList<>(world.truth());
    List<String> surplus = new ArrayList<>(reader.delivered);
    reader.delivered.forEach(missing::remove);
    world.truth().forEach(surplus::remove);
    reader.close();
    world.close();
    boolean exact = missing.isEmpty() && surplus.isEmpty() && reader.lostBytes == 0;
    return exact
        ? null
        : "missing " + missing + " surplus " + surplus + " lost " + reader.lostBytes;
  }

  private static void settle(ModelReader reader) {
    reader.disk.allowAll();
    for (int i = 0; i < 4; i++) {
      reader.pass(Duration.ofMinutes(6));
      reader.drain();
    }
  }

  private static void apply(Action action, LogWorld world, ModelReader reader) throws IOException {
    switch (action) {
      case WRITE -> world.writeLine();
      case WRITE_MORE -> {
        for (int i = 0; i < 20; i++) {
          world.writeLine();
        }
      }
      case WRITE_PART -> world.writePart();
      case RENAME -> world.rename();
      case REOPEN -> world.reopen();
      case ROTATE -> {
        world.rename();
        world.reopen();
      }
      case COPY_TRUNCATE -> world.copyTruncate();
      case COPY -> world.copy();
      case TRUNCATE_COPIED -> world.truncateCopied();
      case COMPRESS -> world.compress();
      case REPLACE -> replace(world, reader);
      case NEXT_DATE -> world.nextDate();
      case DENY -> deny(world, reader);
      case ALLOW -> reader.disk.allowAll();
      case POLL -> reader.poll(1 << 20);
      case POLL_LITTLE -> reader.poll(100);
      case DRAIN -> reader.drain();
      case PASS -> pass(world, reader);
      case SAVE -> reader.save();
      case RESTART -> {
        reader.save();
        reader.crash();
      }
      case CRASH -> reader.crash();
    }
  }

  /** Deletes the log and makes it anew, but only when nothing of it can be lost. */
  private static void replace(LogWorld world, ModelReader reader) throws IOException {
    reader.disk.allowAll();
    if (world.isWriterAtPath() && world.isTerminated()) {
      for (int i = 0; i < 2; i++) {
        reader.pass(Duration.ofSeconds(3));
        reader.drain();
      }
      reader.save();
      world.delete();
      world.reopen();
      reader.drain();
      reader.save();
    }
  }

  private static void deny(LogWorld world, ModelReader reader) throws IOException {
    if (Files.exists(world.path())) {
      reader.disk.deny(world.path());
    }
  }

  /** A writer that stays at a rotated file for longer than the grace writes to nobody. */
  private static void pass(LogWorld world, ModelReader reader) throws IOException {
    if (world.isWriterAtPath()) {
      reader.pass(Duration.ofSeconds(4));
    }
  }
}
