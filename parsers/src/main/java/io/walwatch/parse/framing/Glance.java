/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.framing.PrefixItem.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PrefixTemplate} for the very many lines that are like the one before: each part is tried
 * at one place only, and only the untranslated words are known. What fits here fits the template in
 * the same way; what does not may fit it all the same.
 */
final class Glance {
  private static final int MAX_TEXT_BYTES = PrefixTemplate.MAX_TEXT_BYTES;
  private static final int MAX_PID_DIGITS = 10;

  /** The last items may be looked at as eight bytes, and so may what stands behind a line. */
  private static final int REACH = GlanceTime.reach();

  private final PrefixItem[] items;
  private final GlanceTime time = new GlanceTime();
  private final Beginning beginning = new Beginning();
  private byte[] array = new byte[0];
  private int end;
  private long pid;
  private boolean session;

  private Glance(PrefixItem[] items) {
    this.items = items;
  }

  /** A glance for these parts, or null where one of them needs to be tried at several places. */
  static @Nullable Glance of(List<PrefixItem> items) {
    for (int i = 0; i < items.size(); i++) {
      boolean literalNext = i + 1 < items.size() && items.get(i + 1).kind() == Kind.LITERAL;
      boolean simple =
          switch (items.get(i).kind()) {
            case LITERAL, TIME, START, PID, QUIT -> true;
            case TOKEN, EPOCH, SQL_STATE, USER, CLIENT_TEXT -> literalNext;
            case BACKEND_TYPE, TEXT -> false;
          };
      if (!simple || items.get(i).isPadded()) {
        return null;
      }
    }
    return items.isEmpty() ? null : new Glance(items.toArray(PrefixItem[]::new));
  }

  /** Remembers what the prefix of a line that was read in full looks like. */
  void learn(PrefixMatch match) {
    time.learn(match.time);
  }

  /** Reads a line; the rest is meaningful only when the answer is true. */
  boolean read(ByteSlice line) {
    array = line.array();
    int at = line.start();
    end = at + line.length();
    if (end > array.length - REACH) {
      return false;
    }
    pid = -1;
    session = false;
    for (int i = 0; i < items.length; i++) {
      PrefixItem item = items[i];
      if (item.kind() == Kind.QUIT) {
        if (beginning.read(line, at - line.start())) {
          return true;
        }
        if (Severity.isWord(line, at - line.start())) {
          return false;
        }
      } else {
        at = endOf(line, item, i, at);
      }
      if (at < 0) {
        return false;
      }
    }
    return beginning.read(line, at - line.start());
  }

  private int endOf(ByteSlice line, PrefixItem item, int index, int at) {
    return switch (item.kind()) {
      case LITERAL -> item.literalEnd(array, at, end);
      case TIME -> time.end(array, at);
      case PID -> pidEnd(at);
      case USER, CLIENT_TEXT -> textEnd(at, items[index + 1].first());
      default -> {
        int itemEnd = item.end(line, at - line.start());
        yield itemEnd < 0 ? -1 : itemEnd + line.start();
      }
    };
  }

  private int pidEnd(int from) {
    int last = Math.min(end, from + MAX_PID_DIGITS);
    long value = 0;
    int at = from;
    while (at < last && array[at] >= '0' && array[at] <= '9') {
      value = value * 10 + (array[at++] - '0');
    }
    pid = value;
    return at == from ? -1 : at;
  }

  private int textEnd(int from, byte wanted) {
    int last = Math.min(end, from + MAX_TEXT_BYTES);
    int at = from;
    while (at < last && array[at] != wanted) {
      session |= array[at++] != ' ';
    }
    return at == last ? -1 : at;
  }

  /** Process id, or -1. */
  long pid() {
    return pid;
  }

  /** Whether a part is filled that only sessions fill. */
  boolean isSession() {
    return session;
  }

  /** How the text behind the prefix begins. */
  Beginning beginning() {
    return beginning;
  }
}
