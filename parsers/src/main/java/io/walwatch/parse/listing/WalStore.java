/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.WalFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The store that WAL-E and WAL-G share, in a bucket and on a file system: {@code
 * basebackups_005/base_SEGMENT…} with all parts of a backup, a sentinel written last beside it, and
 * {@code wal_005/SEGMENT.lzo}. What has no sentinel is still running, or was given up; nothing in
 * the store tells which, so it counts as running; a sentinel without data is a failed one. A
 * segment without a byte is none: a full disk leaves such files.
 */
public final class WalStore {
  /** The layouts of the configuration that are this one. */
  public static final Set<String> LAYOUTS = Set.of("wal-e", "wal-g");

  /** Where the parts of base backups lie, and nothing else. */
  public static final String BASE_DIRECTORY = "basebackups_005/";

  /** Where WAL lies, and nothing else. */
  public static final String WAL_DIRECTORY = "wal_005/";

  private static final Pattern BASE =
      Pattern.compile(
          BASE_DIRECTORY
              + "(base_([0-9A-F]{24})(?:_[0-9]+|_D_[0-9A-F]{24})*)"
              + "(/.*|_backup_stop_sentinel\\.json)");

  /** Base backups are deleted some day; nobody keeps more. */
  private static final int MAX_BACKUPS = 10_000;

  /** The parts of one base backup. */
  private static final class Parts {
    private final String segment;
    private @Nullable Instant sentinel;
    private @Nullable Instant first;
    private long bytes;

    Parts(String segment) {
      this.segment = segment;
    }

    /** A sentinel alone restores nothing. */
    State state() {
      return sentinel == null ? State.RUNNING : bytes == 0 ? State.FAILED : State.OK;
    }
  }

  private final Map<String, Parts> backups = new HashMap<>();

  /**
   * An object of the store, or a file.
   *
   * @param key its path; what stands before the store's own directories may be anything
   * @throws MalformedListException when there are more base backups than anybody keeps
   */
  public void object(String key, Instant changed, long bytes, BackupSink sink)
      throws MalformedListException {
    int wal = key.lastIndexOf(WAL_DIRECTORY);
    if (wal >= 0) {
      if (bytes > 0) {
        wal(key.substring(wal + WAL_DIRECTORY.length()), sink);
      }
      return;
    }
    int base = key.indexOf(BASE_DIRECTORY);
    @Nullable Matcher matcher = base < 0 ? null : BASE.matcher(key.substring(base));
    if (matcher != null && matcher.matches()) {
      base(matcher.group(1), matcher.group(2), matcher.group(3), changed, bytes);
    }
  }

  /**
   * A name with whatever a compression has added. Labels of backups and parts of segments go on
   * too; who counts segments passes over them.
   */
  private static void wal(String name, BackupSink sink) {
    String plain = name;
    while (WalFile.parse(plain) == null) {
      int dot = plain.lastIndexOf('.');
      if (dot < 0) {
        return;
      }
      plain = plain.substring(0, dot);
    }
    sink.walFile(plain);
  }

  private void base(String name, String segment, String rest, Instant changed, long bytes)
      throws MalformedListException {
    if (backups.size() >= MAX_BACKUPS && !backups.containsKey(name)) {
      throw new MalformedListException("more than " + MAX_BACKUPS + " base backups");
    }
    Parts parts = backups.computeIfAbsent(name, any -> new Parts(segment));
    if (rest.startsWith("/")) {
      parts.bytes += bytes;
      parts.first = parts.first == null || changed.isBefore(parts.first) ? changed : parts.first;
    } else {
      parts.sentinel = changed;
    }
  }

  /** Hands the backups over: all of their objects have been seen. */
  public void backups(BackupSink sink) {
    backups.forEach(
        (name, parts) ->
            sink.backup(
                Backup.named(name, parts.state())
                    .started(Optional.ofNullable(parts.first))
                    .finished(Optional.ofNullable(parts.sentinel))
                    .sized(parts.bytes == 0 ? OptionalLong.empty() : OptionalLong.of(parts.bytes))
                    .startingAt(Optional.of(parts.segment))));
  }
}
