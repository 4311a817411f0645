/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.Needle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code log_line_prefix} of one stream: the setting where it is known and the lines have it,
 * else the one of the common prefixes that the lines have, else one that is guessed from what the
 * lines look like. A setting need not be in force: a file may be changed long before the server is
 * told to read it, and the server may read it before anybody else does.
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
    "%m [%p] %u@%d ",
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

  /** Each part of a log may have been written with another setting; more than that is noise. */
  private static final int MAX_GUESSED = 16;

  /** A program's output may look like a severity again and again. */
  private static final int MAX_GUESSES = 256;

  /** A prefix with three names of 63 bytes and what else it may have ends before. */
  private static final int MAX_PREFIX_BYTES = 400;

  private static final Needle SEVERITY_END = new Needle(":  ");
  private static final Needle FRENCH_END = new Needle(" :  ");

  private final @Nullable PrefixTemplate setting;
  private final List<PrefixTemplate> guessed = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private int guesses;
  private @Nullable PrefixTemplate current;
  private @Nullable Glance glance;

  /** A statement was logged without the user that its session has: none of this is in force. */
  private boolean refuted;

  private PrefixChoice(@Nullable PrefixTemplate setting) {
    this.setting = setting;
    if (setting != null) {
      choose(setting);
    }
  }

  private void choose(PrefixTemplate template) {
    refuted = false;
    current = template;
    glance = template.glance();
  }

  /** For lines with the prefix that is known by now; null where it allows none. */
  @Nullable Glance glance() {
    return glance;
  }

  /**
   * @param setting log_line_prefix as somebody has set it, or null where it is not known
   */
  static PrefixChoice of(@Nullable String setting) {
    return new PrefixChoice(setting == null ? null : PrefixTemplate.compile(setting));
  }

  /** Whether the line begins with the prefix and a severity word. */
  boolean match(ByteSlice line, PrefixMatch match) {
    PrefixTemplate known = current;
    boolean found =
        (known != null && !(known.isEmpty() && known != setting) && known.match(line, match))
            || learn(line, match);
    if (found) {
      note(match.role == Severity.Role.STATEMENT, match.session);
      if (glance != null) {
        glance.learn(match);
      }
    }
    return found;
  }

  /**
   * What a line shows of the prefix: whether a session wrote it, and whether only a session can
   * have written it. For lines that {@link #match} did not read.
   */
  void note(boolean isStatement, boolean isSession) {
    refuted = !isSession && (refuted || isStatement);
  }

  /** As {@link #match}, with the setting and no other. */
  boolean matchSetting(ByteSlice line, PrefixMatch match) {
    return setting != null && setting.match(line, match);
  }

  /** As {@link #match}, with the prefix that is known by now and no other. */
  boolean matchKnown(ByteSlice line, PrefixMatch match) {
    PrefixTemplate known = current;
    return known != null && known.match(line, match);
  }

  /**
   * Whether a line that does not match ends inside of a name in the prefix, which may be any that a
   * line with a name has had, or may yet have.
   */
  boolean isTorn(ByteSlice line) {
    if (line.isEmpty()) {
      return current != null && current.isTorn(line);
    }
    return (setting != null && setting.isTorn(line))
        || isTornIn(MAY_BEGIN.get(line.byteAt(0) & 0xff), line)
        || isTornIn(guessed, line);
  }

  private static boolean isTornIn(List<PrefixTemplate> templates, ByteSlice line) {
    for (int i = 0; i < templates.size(); i++) {
      if (templates.get(i).isTorn(line)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line of a process without a client can be told from a session's. */
  boolean tellsUser() {
    return current != null && current.tellsUser() && !refuted;
  }

  /** Who wrote a line with this prefix, as far as that tells. */
  Writer writer(PrefixMatch match) {
    if (match.session) {
      return Writer.SESSION;
    }
    if (!match.backendType.isEmpty()) {
      return isSetting()
          ? BackendTypes.writer(match.backendType)
          : BackendTypes.writerOfGuess(match.backendType);
    }
    return tellsUser() ? Writer.SERVER : Writer.UNKNOWN;
  }

  /** Whether nothing stands between a client's name and the severity. */
  boolean endsInName() {
    return current != null && current.endsInName();
  }

  /** Whether the prefix is the server's setting, and not what the lines look like. */
  boolean isSetting() {
    return setting != null && current == setting;
  }

  /** Whether the prefix is none that is known: a number in it need not be a process's. */
  boolean isGuess() {
    return current != null && guessed.contains(current);
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
    if (chooseSetting(line, match)
        || chooseFrom(MAY_BEGIN.get(line.byteAt(0) & 0xff), line, match)
        || chooseFrom(guessed, line, match)
        || guess(line, match)) {
      return true;
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

  /** Unless it is empty: behind a prefix, a line without one is the output of a program. */
  private boolean chooseSetting(ByteSlice line, PrefixMatch match) {
    PrefixTemplate known = setting;
    if (known == null || known == current || known.isEmpty() || !known.match(line, match)) {
      return false;
    }
    choose(known);
    return true;
  }

  private boolean chooseFrom(List<PrefixTemplate> templates, ByteSlice line, PrefixMatch match) {
    for (int i = 0; i < templates.size(); i++) {
      PrefixTemplate template = templates.get(i);
      if (template != current && template.match(line, match)) {
        choose(template);
        return true;
      }
    }
    return false;
  }

  /** Costs nothing for lines that have no severity anywhere. */
  private boolean guess(ByteSlice line, PrefixMatch match) {
    if (guessed.size() == MAX_GUESSED
        || guesses == MAX_GUESSES
        || SEVERITY_END.indexIn(line, 0) < 0
        || !mayHaveSeverity(line)) {
      return false;
    }
    guesses++;
    String setting = PrefixGuess.of(line.toString());
    if (setting == null) {
      return false;
    }
    for (String plain : settings) {
      // A session's line: what a process without a client has, and more behind it.
      if (setting.startsWith(plain) && setting.length() > plain.length()) {
        setting = plain + "%q" + setting.substring(plain.length());
        break;
      }
    }
    PrefixTemplate template = PrefixTemplate.compile(setting);
    if (!template.match(line, match)) {
      return false;
    }
    settings.add(setting);
    guessed.add(template);
    choose(template);
    return true;
  }

  /** A program may print such an end again and again, behind words of its own. */
  private static boolean mayHaveSeverity(ByteSlice line) {
    return Severity.isWithin(line, 0, Math.min(line.length(), MAX_PREFIX_BYTES))
        || FRENCH_END.indexIn(line, 0) >= 0;
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
