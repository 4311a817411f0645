/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.FairShare;
import io.walwatch.agent.state.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures whose evidence is not on disk yet: in order, at most as many as are kept at all, and
 * part of the checkpoint, since counters and positions in the logs are ahead of them. Loop's thread
 * only.
 */
final class NotedFailures {
  private final Deque<Noted> all = new ArrayDeque<>();
  private long left;

  /** A failure whose evidence is still to be kept. */
  static final class Noted {
    private final Failure failure;
    private final Excerpt around;
    private final boolean goesOn;

    /** As it is written into each checkpoint until it is kept: masking takes its time. */
    private @Nullable Node saved;

    /**
     * A failure to be kept.
     *
     * @param goesOn whether it takes the place of what is kept of it already
     */
    Noted(Failure failure, Excerpt around, boolean goesOn) {
      this.failure = failure;
      this.around = around;
      this.goesOn = goesOn;
    }

    Failure failure() {
      return failure;
    }

    Excerpt around() {
      return around;
    }

    boolean goesOn() {
      return goesOn;
    }

    private Node node() {
      Node node = saved;
      if (node == null) {
        node = NotedCodec.write(this);
        saved = node;
      }
      return node;
    }
  }

  /** Notes one more; of too many one leaves, as it would leave what is kept. */
  void add(Noted failure) {
    if (failure.goesOn()) {
      remove(failure.failure().id());
    }
    all.addLast(failure);
    if (all.size() > FailureStore.LIMIT) {
      Failure leaving = FairShare.leaving(all.stream().map(Noted::failure).toList());
      remove(leaving.id());
      left++;
    }
  }

  /** What was noted of this failure is kept by now, or there is something newer of it. */
  void remove(String id) {
    all.removeIf(known -> known.failure().id().equals(id));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The one that was noted first, noted no longer. */
  Noted take() {
    return all.removeFirst();
  }

  /** Failures that left for others, since the start. */
  long left() {
    return left;
  }

  void save(Node node) {
    List<Node> nodes = new ArrayList<>();
    all.forEach(noted -> nodes.add(noted.node()));
    node.put("noted", nodes);
  }

  /** Takes over what {@link #save} wrote; what cannot be one is left out. */
  void restore(Node node) {
    for (Node saved : node.nodesAt("noted")) {
      NotedCodec.read(saved).ifPresent(this::add);
    }
  }
}
