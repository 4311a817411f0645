/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.VerifiedWal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one set of backups: what the last look that worked has found, and how the
 * last look went. A failed look takes nothing back that was known, and one that finds nothing at
 * all is a failed one. Written by the loop only.
 */
public final class InventoryState {
  private final BackupSet set;
  private final Changes changes;
  private @Nullable Listing listing;
  private @Nullable Look last;
  private OptionalLong workedStartMillis = OptionalLong.empty();
  private OptionalLong workedMillis = OptionalLong.empty();
  private OptionalLong failingMillis = OptionalLong.empty();

  InventoryState(BackupSet set, Changes changes) {
    this.set = set;
    this.changes = changes;
  }

  String name() {
    return set.name();
  }

  /**
   * A look has ended.
   *
   * @return whether it went another way than the one before: worth a line in the agent's log
   */
  public boolean apply(Look look) {
    boolean news = last == null ? !look.worked() : !last.problem().equals(look.problem());
    Optional<Listing> found = look.listing().filter(shown -> !shown.isEmpty());
    if (found.isPresent()) {
      listing = found.get();
      workedStartMillis = OptionalLong.of(look.startedMillis());
      workedMillis = OptionalLong.of(look.finishedMillis());
    } else if (listing == null) {
      // Nothing is known that an empty list could take back.
      listing = look.listing().orElse(null);
    }
    if (look.worked()) {
      failingMillis = OptionalLong.empty();
    } else if (failingMillis.isEmpty()) {
      failingMillis = OptionalLong.of(look.finishedMillis());
    }
    last = look;
    changes.note();
    return news;
  }

  /** When the first of the looks that fail now has ended. */
  public OptionalLong failingSinceMillis() {
    return failingMillis;
  }

  /** The highest segment that a good backup starts in, as of the last look that worked. */
  public Optional<String> newestStartSegment() {
    return Optional.ofNullable(listing).flatMap(Listing::newestStartSegment);
  }

  /** What the next look at the store need not list again. */
  public Optional<VerifiedWal> verifiedWal() {
    return Optional.ofNullable(listing).flatMap(Listing::verifiedWal);
  }

  /** What is odd about the last look that worked; empty where nothing is. */
  public String doubt() {
    return listing == null ? "" : listing.doubt();
  }

  InventorySnapshot copy() {
    return new InventorySnapshot(
        set.name(),
        set.provider(),
        set.server(),
        set.every().toSeconds(),
        set.expectedEvery().map(Duration::toSeconds),
        set.expectedMinBytes(),
        set.expectedRetention().map(Duration::toSeconds),
        Optional.ofNullable(listing),
        Optional.ofNullable(last).map(Look::worked),
        Optional.ofNullable(last).map(InventoryState::foundNothing),
        workedStartMillis,
        workedMillis,
        Optional.ofNullable(last).map(Look::durationSeconds),
        last == null ? "" : last.problem());
  }

  private static boolean foundNothing(Look look) {
    return look.listing().filter(Listing::isEmpty).isPresent();
  }

  void save(Node node) {
    node.put("provider", set.provider());
    if (listing != null) {
      node.put("listing", new Node(listing.toFields()));
    }
    node.put("workedStart", workedStartMillis);
    node.put("worked", workedMillis);
    node.put("failing", failingMillis);
    if (last != null) {
      node.put("started", last.startedMillis());
      node.put("finished", last.finishedMillis());
      node.put("problem", last.problem());
      node.put("empty", foundNothing(last));
    }
  }

  /** Values of another provider would be another thing under the same name. */
  void restore(Node node) {
    if (!set.provider().equals(node.stringAt("provider"))) {
      return;
    }
    if (node.names().contains("listing")) {
      listing = Listing.ofFields(node.at("listing").values());
    }
    workedStartMillis = node.longAt("workedStart");
    workedMillis = node.longAt("worked");
    failingMillis = node.longAt("failing");
    String problem = node.stringAt("problem");
    if (problem != null) {
      Optional<Listing> nothing =
          node.booleanAt("empty") ? Optional.of(Listing.ofFields(Map.of())) : Optional.empty();
      last = new Look(node.longAt("started", 0), node.longAt("finished", 0), nothing, problem, "");
    }
  }
}
