/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs that were told of to their end, so that a crash before their files are removed counts
 * none twice. Any user may name a run, at length: only a hash of each is kept, one that nobody can
 * make equal to that of another's run. Written by the loop only.
 */
final class SettledRuns {
  /** More than the spool's listing holds, so that none leaves while its files are there. */
  static final int LIMIT = 20_000;

  private final Set<Long> hashes = new LinkedHashSet<>();

  void add(String run) {
    addHash(hash(run));
  }

  private void addHash(long hash) {
    hashes.add(hash);
    if (hashes.size() > LIMIT) {
      hashes.remove(hashes.iterator().next());
    }
  }

  boolean contains(String run) {
    return hashes.contains(hash(run));
  }

  private static long hash(String run) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(run.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void save(Node node) {
    node.put("settledRuns", List.copyOf(hashes));
  }

  /** Older checkpoints hold the runs' names. */
  void restore(Node node) {
    node.stringsAt("settled").forEach(this::add);
    node.longsAt("settledRuns").forEach(this::addHash);
  }
}
