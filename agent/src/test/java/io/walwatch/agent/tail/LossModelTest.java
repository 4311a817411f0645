/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link RotationModelTest}, but bytes are destroyed as well: truncated without a copy, or
 * deleted. Then no line is delivered twice or made up (what was cut may be the beginning of one),
 * every byte that was seen to be there and not delivered is counted as lost, and no more is counted
 * than was written and not delivered.
 */
class LossModelTest {
  @TempDir Path directory;

  private enum Action {
    WRITE,
    WRITE_MORE,
    WRITE_PART,
    ROTATE,
    COPY_TRUNCATE,
    TRUNCATE,
    DELETE,
    POLL,
    POLL_LITTLE,
    DRAIN,
    PASS,
    SAVE,
    RESTART,
    CRASH
  }

  @Test
  void shouldCountWhatItLoses() {
    new Schedules<>(directory, LossModelTest::run)
        .assertNoneFails(seed -> List.of(Action.values()));
  }

  private static @Nullable String run(Path place, List<Action> actions) throws IOException {
    LogWorld world = new LogWorld(place);
    ModelReader reader = ModelReader.of(place);
    reader.disk.stampedBy(() -> world.clockMillis);
    reader.drain();
    save(world, reader);
    for (Action action : actions) {
      apply(action, world, reader);
    }
    for (int i = 0; i < 4; i++) {
      reader.pass(Duration.ofMinutes(6));
      reader.drain();
      world.look();
    }
    reader.close();
    world.close();
    return judge(world, reader);
  }

  private static @Nullable String judge(LogWorld world, ModelReader reader) {
    List<String> truth = world.truth();
    List<String> surplus = new ArrayList<>(reader.delivered);
    truth.forEach(surplus::remove);
    surplus.removeIf(line -> truth.stream().anyMatch(whole -> whole.startsWith(line)));
    long missed = world.missedBytes(reader.delivered);
    long delivered = reader.delivered.stream().mapToLong(String::length).sum();
    long most = world.writtenBytes() - delivered;
    boolean counted = missed <= reader.lostBytes && reader.lostBytes <= most;
    return surplus.isEmpty() && counted
        ? null
        : "surplus " + surplus + ", lost " + reader.lostBytes + " of " + missed + " to " + most;
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
      case ROTATE -> {
        world.rename();
        world.reopen();
      }
      case COPY_TRUNCATE -> world.copyTruncate();
      case TRUNCATE -> world.truncate();
      case DELETE -> {
        world.delete();
        world.reopen();
      }
      case POLL -> poll(world, reader, 1 << 20);
      case POLL_LITTLE -> poll(world, reader, 100);
      case DRAIN -> {
        reader.drain();
        world.look();
      }
      case PASS -> reader.pass(Duration.ofSeconds(4));
      case SAVE -> save(world, reader);
      case RESTART -> {
        save(world, reader);
        crash(world, reader);
      }
      case CRASH -> crash(world, reader);
    }
  }

  private static void poll(LogWorld world, ModelReader reader, int budgetBytes) throws IOException {
    reader.poll(budgetBytes);
    world.look();
  }

  private static void save(LogWorld world, ModelReader reader) {
    reader.save();
    world.keep();
  }

  private static void crash(LogWorld world, ModelReader reader) {
    reader.crash();
    world.forget();
  }
}
