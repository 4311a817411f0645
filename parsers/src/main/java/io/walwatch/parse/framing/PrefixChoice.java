/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code log_line_prefix} of one stream: the setting where it is known, else the one of the
 * common prefixes that the lines have.
 *
 * <p>{@code %m [%p] } and Debian's {@code %m [%p] %q%u@%d } look the same until a session writes
 * its first line. Until then the plain one is taken, so that the missing user proves nothing. The
 * empty prefix is taken only while no other has been seen: behind a prefix, a line without one is
 * the output of a program.
 */
final class PrefixChoice {
  /** From the plainest to the richest of those that may match the same line. */
  private static final String[] COMMON = {
    "%m [%p] ",
    "%t [%p] ",
    "%t:%r:%u@%d:[%p]:",
    "%t:%r:%u@%d:[%p]: ",
    "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
    "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
    "%t [%p]: [%l-1] user=%u,db=%d ",
    "%t [%p]: [%l] user=%u,db=%d,app=%a,client=%h ",
    "%t [%p]: db=%d,user=%u,app=%a,client=%h ",
    "%m [%p]: [%l-1] db=%d,user=%u,app=%a,client=%h ",
    "%m [%p]: user=%u,db=%d,app=%a,client=%h ",
    "%m [%p] %q%u@%d ",
    "%m [%p] %q%u@%d/%a ",
    "%t [%p-%l] %q%u@%d ",
    "%m [%p-%l] %q%u@%d ",
    "%m [%p] %b ",
    "%m [%p] %u@%d ",
    "%m [%p] %q%u@%d %b ",
    "%t-%c-",
    "%m %c ",
    "< %m > ",
    "< %t > ",
    "< %m >",
    "< %t >",
    "%m ",
    "%t ",
    "[%p] ",
    "%n [%p] ",
    "%m: [%p] ",
    "%m [%p]: ",
    "%t [%p]: ",
    "%t [%p]: [%l-1] ",
  };

  private static final List<PrefixTemplate> TEMPLATES = compileCommon();
  private static final List<List<PrefixTemplate>> MAY_BEGIN = byFirstByte();
  private static final PrefixTemplate EMPTY = PrefixTemplate.compile("");

  private final boolean fixed;
  private @Nullable PrefixTemplate current;
  private @Nullable Glance glance;

  private PrefixChoice(@Nullable PrefixTemplate setting) {
    this.fixed = setting != null;
    if (setting != null) {
      choose(setting);
    }
  }

  private void choose(PrefixTemplate template) {
    current = template;
    glance = template.glance();
  }

  /** For lines with the prefix that is known by now; null where it allows none. */
  @Nullable Glance glance() {
    return glance;
  }

  /**
   * @param setting log_line_prefix, or null where it is not known
   */
  static PrefixChoice of(@Nullable String setting) {
    return new PrefixChoice(setting == null ? null : PrefixTemplate.compile(setting));
  }

  /** Whether the line begins with the prefix and a severity word. */
  boolean match(ByteSlice line, PrefixMatch match) {
    PrefixTemplate known = current;
    boolean found =
        (known != null && !(known.isEmpty() && !fixed) && known.match(line, match))
            || (!fixed && learn(line, match));
    if (found && glance != null) {
      glance.learn(match);
    }
    return found;
  }

  /** Whether a line that does not match ends inside of a name in the prefix. */
  boolean isTorn(ByteSlice line) {
    return current != null && current.isTorn(line);
  }

  /** Whether a line of a process without a client can be told from a session's. */
  boolean tellsUser() {
    return current != null && current.tellsUser();
  }

  /** Whether lines have no prefix at all, so that only known severity words make a message. */
  boolean isEmpty() {
    return current != null && current.isEmpty();
  }

  private boolean learn(ByteSlice line, PrefixMatch match) {
    if (line.isEmpty()) {
      return false;
    }
    // By index: an iterator for each line without a prefix would be garbage.
    List<PrefixTemplate> templates = MAY_BEGIN.get(line.byteAt(0) & 0xff);
    for (int i = 0; i < templates.size(); i++) {
      PrefixTemplate template = templates.get(i);
      if (template != current && template.match(line, match)) {
        choose(template);
        return true;
      }
    }
    if ((current == null || current.isEmpty()) && EMPTY.match(line, match)) {
      if (match.role == Severity.Role.TRANSLATED) {
        return false;
      }
      choose(EMPTY);
      return true;
    }
    return false;
  }

  private static List<PrefixTemplate> compileCommon() {
    List<PrefixTemplate> templates = new ArrayList<>();
    for (String setting : COMMON) {
      templates.add(PrefixTemplate.compile(setting));
    }
    return List.copyOf(templates);
  }

  private static List<List<PrefixTemplate>> byFirstByte() {
    List<List<PrefixTemplate>> table = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      byte first = (byte) i;
      table.add(TEMPLATES.stream().filter(template -> template.mayBegin(first)).toList());
    }
    return List.copyOf(table);
  }
}
