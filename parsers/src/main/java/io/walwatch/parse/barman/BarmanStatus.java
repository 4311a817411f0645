/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.Backup.State;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import java.util.Optional;

/** Barman's words for the state of a backup (barman/infofile.py). */
final class BarmanStatus {
  private BarmanStatus() {}

  static State state(Optional<String> status) throws MalformedListException {
    String text =
        status.orElseThrow(() -> new MalformedListException("a backup has no \"status\""));
    return switch (text) {
      case "DONE" -> State.OK;
      // The copy is complete; some WAL that it needs is still on its way.
      case "WAITING_FOR_WALS", "STARTED", "SYNCING", "EMPTY" -> State.RUNNING;
      case "FAILED" -> State.FAILED;
      default ->
          throw new MalformedListException("the status \"" + Excerpt.of(text) + "\" is not known");
    };
  }
}
