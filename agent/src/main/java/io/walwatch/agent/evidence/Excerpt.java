/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.util.List;

/**
 * Evidence: what is at hand of it, and where the rest is to be read. Immutable.
 *
 * @param text what is at hand, unmasked; it stands before the rest
 */
public record Excerpt(String text, List<Place> places) {
  public Excerpt {
    places = List.copyOf(places);
  }

  /** Evidence that is at hand. */
  public static Excerpt of(String text) {
    return new Excerpt(text, List.of());
  }

  /** The same evidence below something else. */
  public Excerpt below(String head) {
    return new Excerpt(head + text, places);
  }

  /** All of it, unmasked. Reads files. */
  public String read() {
    StringBuilder all = new StringBuilder(text);
    places.forEach(place -> all.append(Surroundings.read(place)));
    return all.toString();
  }
}
