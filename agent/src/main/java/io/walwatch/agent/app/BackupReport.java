/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.inventory.Look;
import io.walwatch.parse.Backup.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says in one line how a look at a set of backups went. */
final class BackupReport {
  private BackupReport() {}

  static String describe(String name, Look look) {
    if (!look.worked()) {
      String last = look.lastOutputLine();
      return name
          + ": its backups cannot be listed: "
          + look.problem()
          + (last.isEmpty() ? "" : ": " + last);
    }
    return name + ": " + look.listing().map(BackupReport::describe).orElse("nothing known");
  }

  private static String describe(Listing listing) {
    StringBuilder text = new StringBuilder();
    text.append(listing.counts().getOrDefault(State.OK, 0L)).append(" good backups");
    append(text, listing.counts().getOrDefault(State.RUNNING, 0L), " running");
    append(text, listing.counts().getOrDefault(State.FAILED, 0L), " failed");
    boolean ofVolumes = listing.uncoveredVolumes().isPresent();
    listing
        .lastSuccessMillis()
        .ifPresent(
            millis ->
                text.append(ofVolumes ? ", the stalest volume's of " : ", the newest of ")
                    .append(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS)));
    listing
        .lastSizeBytes()
        .ifPresent(
            bytes ->
                text.append(ofVolumes ? ", the newest with " : " with ")
                    .append(bytes)
                    .append(" bytes"));
    append(text, listing.fromFuture(), " from the future, which do not count as the newest");
    append(text, listing.uncoveredVolumes().orElse(0), " volumes without any");
    append(text, listing.walMissingSegments().orElse(0), " WAL segments missing");
    listing
        .walJoinedByNumber()
        .ifPresent(any -> text.append(" (").append(listing.doubt()).append(')'));
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(what);
    }
  }
}
