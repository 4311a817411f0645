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
 * @param counted pushes that were counted
 */
record Result(long written, long counted) {
  static Result of(RotationCase rotation, Function<Path, Contestant> maker) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Path logs = Files.createDirectory(tree.root().resolve("log"));
      Files.createFile(logs.resolve("wal-e.log"));
      try (Contestant contestant = maker.apply(logs)) {
        contestant.start();
        LogHand hand = new LogHand(logs, contestant);
        rotation.play(hand);
        return new Result(hand.written(), contestant.counted());
      }
    }
  }

  /** For the table: bold where it is not the truth. */
  String text() {
    return counted == written ? Long.toString(counted) : "**" + counted + "**";
  }
}
