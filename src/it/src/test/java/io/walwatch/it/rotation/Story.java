/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

/** What a case does; it may do anything to its directory. */
@FunctionalInterface
interface Story {
  void play(LogHand hand) throws Exception;
}
