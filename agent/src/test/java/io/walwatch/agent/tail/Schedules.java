/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/**
 * Random sequences of what can befall a log, each played in a directory of its own. A failure
 * prints its seed and a sequence from which no action can be dropped. {@code -Dwalwatch.schedules}
 * asks for more than the usual number.
 *
 * @param <A> what can befall it
 */
final class Schedules<A> {
  private static final int SCHEDULES = Integer.getInteger("walwatch.schedules", 1_000);
  private static final int MAX_ACTIONS = 40;

  private final Path directory;
  private final Play<A> play;
  private int plays;

  /** Plays a sequence; answers what went wrong, or null. */
  interface Play<A> {
    @Nullable String failure(Path place, List<A> actions) throws IOException;
  }

  Schedules(Path directory, Play<A> play) {
    this.directory = directory;
    this.play = play;
  }

  /** Plays one sequence for each seed, of those actions that may happen under it. */
  void assertNoneFails(LongFunction<List<A>> possible) {
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      List<A> actions = actions(seed, possible.apply(seed));
      if (failure(actions) != null) {
        List<A> minimal = Shrinker.shrink(actions, some -> failure(some) != null);
        assertThat(failure(minimal)).as("seed %d: %s", seed, minimal).isNull();
      }
    }
  }

  private static <A> List<A> actions(long seed, List<A> possible) {
    Random random = new Random(seed);
    List<A> actions = new ArrayList<>();
    for (int i = random.nextInt(MAX_ACTIONS); i >= 0; i--) {
      actions.add(possible.get(random.nextInt(possible.size())));
    }
    return actions;
  }

  private @Nullable String failure(List<A> actions) {
    Path place = directory.resolve("run" + plays++);
    try {
      Files.createDirectory(place);
      String failure = play.failure(place, actions);
      PathUtils.deleteDirectory(place);
      return failure;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
