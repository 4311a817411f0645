/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.framing.PrefixItem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code log_line_prefix}, compiled. A line matches when the prefix is followed by a severity
 * word. Matching allocates nothing.
 *
 * <p>Free text (user, database, application) is taken as short as possible, so that text a client
 * chose cannot reach behind the literal that ends it and stand in for a later part.
 */
final class PrefixTemplate {
  /** Names have at most 63 bytes; a padded one or a host may have more. */
  static final int MAX_TEXT_BYTES = 256;

  /** Names one behind the other can be cut in very many ways; a line is not worth all of them. */
  private static final int MAX_STEPS = 10_000;

  private static final int MAX_WIDTH = 1_000_000;

  private final PrefixItem[] items;
  private final boolean tellsUser;

  private PrefixTemplate(List<PrefixItem> items) {
    this.items = items.toArray(PrefixItem[]::new);
    this.tellsUser = items.stream().anyMatch(PrefixTemplate::onlySessionsFill);
  }

  /**
   * Compiles a setting as the server reads it (elog.c, log_line_prefix): an unknown escape stands
   * for nothing, and so does a {@code %} at the end.
   */
  static PrefixTemplate compile(String setting) {
    List<PrefixItem> items = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < setting.length()) {
      char c = setting.charAt(i++);
      if (c != '%') {
        literal.append(c);
        continue;
      }
      int end = i < setting.length() && setting.charAt(i) == '-' ? i + 1 : i;
      while (end < setting.length() && Character.isDigit(setting.charAt(end))) {
        end++;
      }
      if (end == setting.length()) {
        break;
      }
      Kind kind = kindOf(setting.charAt(end));
      if (kind != null) {
        addLiteral(items, literal);
        items.add(PrefixItem.of(kind, width(setting.substring(i, end))));
      } else if (setting.charAt(end) == '%') {
        literal.append('%');
      }
      i = end + 1;
    }
    addLiteral(items, literal);
    return new PrefixTemplate(items);
  }

  /** The same for lines that are like the one before; null where these parts allow none. */
  @Nullable Glance glance() {
    return Glance.of(List.of(items));
  }

  /** Whether an empty user, database or application in a line shows that no client wrote it. */
  boolean tellsUser() {
    return tellsUser;
  }

  /** Whether the prefix is empty, so that any line with a severity word matches. */
  boolean isEmpty() {
    return items.length == 0;
  }

  /** Whether nothing stands behind a client's name. */
  boolean endsInName() {
    return items.length > 0 && onlySessionsFill(items[items.length - 1]);
  }

  /** Whether a line that begins with this byte may match. */
  boolean mayBegin(byte first) {
    if (items.length == 0) {
      return true;
    }
    PrefixItem item = items[0];
    return switch (item.kind()) {
      case LITERAL -> item.first() == first;
      case TIME, START, EPOCH -> (first >= '0' && first <= '9') || item.isPadded();
      default -> true;
    };
  }

  /** Reads one line; {@code match} is meaningful only when the answer is true. */
  boolean match(ByteSlice line, PrefixMatch match) {
    match.clear();
    return match(line, 0, 0, match);
  }

  /**
   * Whether a line that does not match begins like the prefix and ends inside of a name: a client
   * may send a user or database name with line ends in it, and the server writes it as it is.
   */
  boolean isTorn(ByteSlice line) {
    boolean telling = false;
    int at = 0;
    for (PrefixItem item : items) {
      switch (item.kind()) {
        case USER, CLIENT_TEXT -> {
          return telling;
        }
        case QUIT -> {}
        case BACKEND_TYPE, TEXT -> {
          return false;
        }
        default -> {
          at = itemEnd(line, item, at);
          if (at < 0) {
            return false;
          }
          telling |= item.kind() != Kind.LITERAL && item.kind() != Kind.TOKEN;
        }
      }
    }
    return false;
  }

  private boolean match(ByteSlice line, int item, int from, PrefixMatch match) {
    if (item == items.length) {
      return severityAt(line, from, match);
    }
    PrefixItem next = items[item];
    return switch (next.kind()) {
      case QUIT -> severityAt(line, from, match) || match(line, item + 1, from, match);
      case USER, CLIENT_TEXT, BACKEND_TYPE, TEXT -> matchText(line, item, from, match);
      default -> {
        int end = itemEnd(line, next, from);
        yield end >= 0 && match(line, item + 1, end, match) && keep(line, next, from, match);
      }
    };
  }

  private boolean matchText(ByteSlice line, int item, int from, PrefixMatch match) {
    int last = Math.min(line.length(), from + MAX_TEXT_BYTES);
    for (int end = from; end <= last && match.steps++ < MAX_STEPS; end++) {
      if (match(line, item + 1, end, match)) {
        return keepText(line, items[item], from, end, match);
      }
    }
    return false;
  }

  private static int itemEnd(ByteSlice line, PrefixItem item, int from) {
    int end = item.end(line, item.textStart(line, from));
    return end < 0 ? -1 : item.paddedEnd(line, from, end);
  }

  private static boolean severityAt(ByteSlice line, int at, PrefixMatch match) {
    match.role = match.severity.read(line, at);
    return match.role != Severity.Role.NONE;
  }

  private static boolean keep(ByteSlice line, PrefixItem item, int at, PrefixMatch match) {
    int from = item.textStart(line, at);
    int end = item.end(line, from);
    switch (item.kind()) {
      case TIME -> {
        if (PrefixItem.isBetterTime(line, from, match.time)) {
          match.time.wrap(line, from, end);
        }
      }
      case EPOCH -> match.time.wrap(line, from, end);
      case PID -> match.pid = Ascii.number(line, from, end);
      case SQL_STATE -> match.sqlState.wrap(line, from, end);
      default -> {}
    }
    return true;
  }

  private static boolean keepText(
      ByteSlice line, PrefixItem item, int from, int end, PrefixMatch match) {
    if (item.kind() == Kind.BACKEND_TYPE) {
      keepTrimmed(line, from, end, match.backendType);
    } else if (item.kind() != Kind.TEXT && !isBlank(line, from, end)) {
      match.session = true;
    }
    return true;
  }

  /** No type of a backend begins or ends with a blank: these fill it up to its width. */
  private static void keepTrimmed(ByteSlice line, int from, int end, ByteSlice kept) {
    int first = from;
    int last = end;
    while (first < last && line.byteAt(first) == ' ') {
      first++;
    }
    while (first < last && line.byteAt(last - 1) == ' ') {
      last--;
    }
    kept.wrap(line, first, last);
  }

  private static boolean isBlank(ByteSlice line, int from, int end) {
    for (int i = from; i < end; i++) {
      if (line.byteAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  /** More than a line may have is as good as that: it never matches. */
  private static int width(String padding) {
    boolean left = padding.startsWith("-");
    String digits = left ? padding.substring(1) : padding;
    int width = 0;
    for (int i = 0; i < digits.length() && width <= MAX_WIDTH; i++) {
      width = width * 10 + Character.digit(digits.charAt(i), 10);
    }
    return left ? -width : width;
  }

  private static boolean onlySessionsFill(PrefixItem item) {
    return item.kind() == Kind.USER || item.kind() == Kind.CLIENT_TEXT;
  }

  private static void addLiteral(List<PrefixItem> items, StringBuilder literal) {
    if (literal.length() > 0) {
      byte[] bytes = literal.toString().getBytes(StandardCharsets.UTF_8);
      items.add(PrefixItem.literal(bytes));
      literal.setLength(0);
    }
  }

  private static @Nullable Kind kindOf(char escape) {
    return switch (escape) {
      case 't', 'm' -> Kind.TIME;
      case 's' -> Kind.START;
      case 'n' -> Kind.EPOCH;
      case 'p' -> Kind.PID;
      case 'u' -> Kind.USER;
      case 'd', 'a', 'r', 'h', 'i' -> Kind.CLIENT_TEXT;
      case 'b' -> Kind.BACKEND_TYPE;
      case 'e' -> Kind.SQL_STATE;
      case 'l', 'x', 'v', 'c', 'Q', 'P' -> Kind.TOKEN;
      case 'L' -> Kind.TEXT;
      case 'q' -> Kind.QUIT;
      default -> null;
    };
  }
}
