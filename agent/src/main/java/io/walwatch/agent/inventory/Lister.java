/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.util.Optional;

/** Looks at one set of backups. May take long; never on the loop's thread. */
@FunctionalInterface
public interface Lister {
  /**
   * Looks once.
   *
   * @throws ListingException when the look did not work
   * @throws InterruptedException when the agent stops; nothing is left running then
   */
  Listing list() throws ListingException, InterruptedException;

  /**
   * The same, by one who may leave out what an earlier look has verified.
   *
   * @param earlier of the last look that worked
   */
  default Listing list(Optional<VerifiedWal> earlier)
      throws ListingException, InterruptedException {
    return list();
  }
}
