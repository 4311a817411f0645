/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.file.Path;

/** Begins the way of a generation's lines. */
record Feeds(LineHandlers handlers, TailEvents events, int maxLineBytes) {
  LineFeed open(Path path, long offset, boolean insideLine) {
    return new LineFeed(path.toString(), offset, insideLine, maxLineBytes, handlers, events);
  }
}
