/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.MalformedListException;

/** Sizes as commands print them. */
public final class ListSizes {
  private ListSizes() {}

  /** A number of bytes. */
  public static long parse(String text) throws MalformedListException {
    try {
      long bytes = Long.parseLong(text);
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException ignored) {
      // Said below.
    }
    throw new MalformedListException("\"" + Excerpt.of(text) + "\" is not a size in bytes");
  }
}
