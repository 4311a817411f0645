/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** What one generation holds in a {@link LogWorld}. */
final class GenerationText {
  final StringBuilder text = new StringBuilder();
  boolean over;
  long seenBytes;
  long keptBytes;
}
