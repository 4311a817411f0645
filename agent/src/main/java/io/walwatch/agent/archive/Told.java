/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.QueueMemory.FileSet;
import io.walwatch.agent.archive.QueueMemory.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a log says of segments: a skipped one was never stored, a pushed one was. What it says
 * before the queue was read for the first time waits: what is restored then knows nothing of it.
 * Loop's thread only.
 */
final class Told {
  /** An archive_status that cannot be read is mended within days. */
  private static final int MOST_WAITING = 10_000;

  private enum Word {
    SKIPPED,
    PUSHED
  }

  private final HandedOver handedOver;
  private final Runnable forgotten;
  private final Map<Long, Word> waiting = new LinkedHashMap<>();
  private boolean started;

  /**
   * Nothing was heard in this run.
   *
   * @param before what waited when an earlier one ended
   * @param forgotten run for each word that there is no room for
   */
  Told(HandedOver handedOver, Words before, Runnable forgotten) {
    this.handedOver = handedOver;
    this.forgotten = forgotten;
    FileKeys names = new FileKeys();
    before.skipped().forEachKey(names, this::skipped);
    before.pushed().forEachKey(names, this::pushed);
  }

  void skipped(long key) {
    add(key, Word.SKIPPED);
  }

  void pushed(long key) {
    add(key, Word.PUSHED);
  }

  private void add(long key, Word word) {
    if (key == SegmentKey.NONE) {
      return;
    }
    if (started) {
      tell(key, word);
    } else if (waiting.containsKey(key) || waiting.size() < MOST_WAITING) {
      waiting.put(key, word);
    } else {
      forgotten.run();
      if (takesThePlaceOfAPush(word)) {
        waiting.put(key, word);
      }
    }
  }

  /** A push that is not known of leaves a gap that is none; a skip would hide one. */
  private boolean takesThePlaceOfAPush(Word word) {
    return word == Word.SKIPPED && waiting.values().remove(Word.PUSHED);
  }

  private void tell(long key, Word word) {
    switch (word) {
      case SKIPPED -> handedOver.skipped(key);
      case PUSHED -> handedOver.pushed(key);
    }
  }

  /** The queue is another one than that of which an earlier run was told. */
  void forget(Words before) {
    FileKeys names = new FileKeys();
    before.skipped().forEachKey(names, key -> waiting.remove(key, Word.SKIPPED));
    before.pushed().forEachKey(names, key -> waiting.remove(key, Word.PUSHED));
  }

  /** The queue is known again. */
  void start() {
    started = true;
    waiting.forEach(this::tell);
    waiting.clear();
  }

  /** What waits for the queue to be read. */
  Words words() {
    return new Words(files(Word.SKIPPED), files(Word.PUSHED));
  }

  private FileSet files(Word word) {
    SegmentTable keys = new SegmentTable();
    waiting.forEach(
        (key, said) -> {
          if (said == word) {
            keys.put(key, 0);
          }
        });
    return FileSet.of(keys, new FileKeys());
  }
}
