/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

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
}
