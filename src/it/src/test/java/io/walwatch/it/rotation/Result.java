/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.TemporaryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * How one contestant did in one case.
 *
 * @param written pushes that were written
 * @param counted those of them that were counted
 * @param twice how often one was counted that had been counted before
 */
record Result(long written, long counted, long twice) {
  static Result of(RotationCase rotation, Function<Path, Contestant> maker) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Path logs = Files.createDirectory(tree.root().resolve("log"));
      Files.createFile(logs.resolve("wal-e.log"));
      Heartbeat.make(logs);
      try (Contestant contestant = maker.apply(logs)) {
        contestant.start();
        LogHand hand = new LogHand(logs, contestant);
        rotation.play(hand);
        Tally counted = contestant.counted();
        return new Result(hand.written(), counted.distinct(), counted.twice());
      }
    }
  }

  /** The truth of a case, which is typed there. */
  static Result truth(RotationCase rotation) {
    return new Result(rotation.pushes(), rotation.pushes(), 0);
  }

  /** Two columns of the table: bold where it is not the truth. */
  String text() {
    return text(counted, written) + " | " + text(twice, 0);
  }

  private static String text(long value, long truth) {
    return value == truth ? Long.toString(value) : "**" + value + "**";
  }
}
