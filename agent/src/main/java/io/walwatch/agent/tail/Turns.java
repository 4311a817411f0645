/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the generations in an order in which nothing comes too early and nobody starves. */
final class Turns {
  /**
   * Handlers that are held: each is a whole pipeline of some 30 KiB, and a glob may match a
   * thousand files.
   */
  private static final int MAX_HANDLERS = 128;

  /** In one turn: a file may be emptied again and again while it is looked at. */
  private static final int MAX_TRUNCATIONS = 64;

  private final Tailing tailing;
  private final List<Generation> generations;
  private final Succession succession;
  private int next;
  private int truncations;

  Turns(Tailing tailing, List<Generation> generations, Succession succession) {
    this.tailing = tailing;
    this.generations = generations;
    this.succession = succession;
  }

  int read(int budgetBytes) {
    truncations = 0;
    int read = readOlder(budgetBytes);
    return read + readInTurn(budgetBytes - read);
  }

  /** What was rotated away, and what has never been read to its end, in the order of the list. */
  private int readOlder(int budgetBytes) {
    int read = 0;
    for (int i = 0; i < generations.size() && read < budgetBytes; i++) {
      int length = 1;
      while (!generations.get(i).isCaughtUp() && length > 0 && read < budgetBytes) {
        length = read(generations.get(i), budgetBytes - read);
        read += length;
      }
    }
    return read;
  }

  /** What is written now, each in its turn, so that one that floods starves no other. */
  private int readInTurn(int budgetBytes) {
    int read = 0;
    for (int silent = 0; silent < generations.size() && read < budgetBytes; next++) {
      next %= generations.size();
      int length = read(generations.get(next), budgetBytes - read);
      read += length;
      silent = length == 0 ? silent + 1 : 0;
    }
    return read;
  }

  /** Of too many handlers those go that were idle for longest and hold nothing open. */
  private void makeRoom(Generation generation) {
    if (generation.feeding().isHeld() || generation.lagBytes() == 0) {
      return;
    }
    List<Generation> held = new ArrayList<>(generations);
    held.removeIf(g -> !g.feeding().isHeld());
    if (held.size() >= MAX_HANDLERS) {
      long now = tailing.nowNanos();
      held.sort(Comparator.<Generation>comparingLong(g -> g.idleNanos(now)).reversed());
      int rested = 0;
      for (Generation idle : held.subList(0, held.size() / 2)) {
        idle.feeding().quiet();
        rested += idle.feeding().rest() ? 1 : 0;
      }
      tailing.events().limited(TailBound.PIPELINES, rested);
    }
  }

  private int read(Generation generation, int limitBytes) {
    // Several generations share a path; one that is damaged says nothing of the others.
    FileKey key = generation.key();
    if (!tailing.readTroubles().mayTry(key)) {
      return 0;
    }
    try {
      if (generation.isCopy() || (generation.offset() == 0 && succession.isCopy(generation))) {
        return 0;
      }
      makeRoom(generation);
      int length = generation.read(tailing, limitBytes);
      if (length == Generation.TRUNCATED) {
        succession.truncated(generation);
        truncations++;
        return truncations < MAX_TRUNCATIONS ? readOlder(limitBytes) : 0;
      }
      tailing.readTroubles().worked(key, generation.name());
      return length;
    } catch (IOException e) {
      tailing.readTroubles().failed(key, generation.name(), e);
      return 0;
    }
  }
}
