/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.lvm;

import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;

/**
 * The letters of {@code lv_attr}; see lvs(8), "lv_attr bits".
 *
 * @param type the first
 * @param state the fifth
 * @param health the ninth; a hyphen where an old lvs prints fewer
 */
record LvmAttributes(char type, char state, char health) {
  private static final int STATE = 4;
  private static final int HEALTH = 8;

  /** Plain, origin, thin, mirrored, RAID, and what is under conversion; VDO's is virtual. */
  private static final String DATA = "-oOVmMrRcv";

  /** Cached, or a pool of a cache that no volume uses. */
  private static final char CACHE = 'C';

  /**
   * An overflowed snapshot, one whose merge into its origin has failed, a pool that has to be
   * repaired; small letters and large ones say whether it is suspended as well.
   */
  private static final String UNREADABLE_STATES = "ISmMcC";

  /**
   * A physical volume is missing, unknown, failed, write errors of a cache. Of a RAID that wants a
   * refresh, has mismatches or is reshaped all can be read; so it can of a pool that is full or
   * whose metadata is read-only.
   */
  private static final String UNREADABLE_HEALTH = "pXFE";

  static LvmAttributes of(String text) throws MalformedListException {
    if (text.length() <= STATE) {
      throw new MalformedListException("lv_attr \"" + Excerpt.of(text) + "\" is too short");
    }
    char health = text.length() > HEALTH ? text.charAt(HEALTH) : '-';
    return new LvmAttributes(text.charAt(0), text.charAt(STATE), health);
  }

  /** Whether somebody may keep files on it, rather than LVM a part of something else. */
  boolean holdsData(boolean hasOrigin) {
    return DATA.indexOf(type) >= 0 || (type == CACHE && hasOrigin);
  }

  boolean isReadable() {
    return UNREADABLE_STATES.indexOf(state) < 0 && UNREADABLE_HEALTH.indexOf(health) < 0;
  }
}
