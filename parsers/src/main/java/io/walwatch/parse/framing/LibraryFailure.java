/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/** Whether a message says that a library cannot be loaded (dfmgr.c), and which. */
enum LibraryFailure {
  /** It says something else. */
  NONE,
  OF_THIS,
  OF_ANOTHER;

  private static final byte[][] WORDS = {
    Ascii.bytes("could not access file \""),
    Ascii.bytes("could not load library \""),
    Ascii.bytes("incompatible library \"")
  };

  /** Any user may name a library in this folder with local_preload_libraries. */
  private static final String USERS = "/plugins/";

  /**
   * What a message says of a library.
   *
   * @param library as a setting names it, with or without folder and ending
   */
  static LibraryFailure of(ByteSlice message, String library) {
    for (byte[] words : WORDS) {
      if (message.startsWith(words)) {
        int end = message.indexOf((byte) '"', words.length);
        String named = end < 0 ? "" : message.substring(words.length, end);
        boolean same = !named.contains(USERS) && plain(named).equals(plain(library));
        return same ? OF_THIS : OF_ANOTHER;
      }
    }
    return NONE;
  }

  private static String plain(String library) {
    String name = library.substring(library.lastIndexOf('/') + 1);
    return name.endsWith(".so") ? name.substring(0, name.length() - 3) : name;
  }
}
