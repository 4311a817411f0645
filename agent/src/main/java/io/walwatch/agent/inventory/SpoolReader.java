/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a timer leaves in the spool, when it has changed. A timer that no longer runs is a
 * failing look: three times the configured interval without a result. One thread.
 */
final class SpoolReader {
  private static final int MISSED = 3;

  /** A clock that differs by less is taken for right. */
  private static final long SKEW_MILLIS = 5 * 60_000;

  private final BackupSet set;
  private final Spool spool;
  private final InstantSource clock;
  private @Nullable Object lastKey;
  private long lastFinishedMillis;
  private boolean overdueSaid;
  private @Nullable Look last;

  SpoolReader(BackupSet set, Spool spool, InstantSource clock) {
    this.set = set;
    this.spool = spool;
    this.clock = clock;
    this.lastFinishedMillis = clock.millis();
  }

  /** What is new; empty when nothing is. */
  Optional<Look> look() {
    Path file = spool.fileOf(set.name());
    Object key = keyOf(file);
    if (!key.equals(lastKey)) {
      lastKey = key;
      overdueSaid = false;
      Look look = read(file);
      last = look;
      lastFinishedMillis = look.worked() ? look.finishedMillis() : lastFinishedMillis;
      if (!look.worked() || !isOverdue()) {
        return Optional.of(look);
      }
      // An old result after a restart: its values are true, and its age is the problem.
      return Optional.of(overdue(look));
    }
    if (isOverdue() && !overdueSaid) {
      overdueSaid = true;
      return Optional.ofNullable(last).map(this::overdue);
    }
    return Optional.empty();
  }

  private boolean isOverdue() {
    return clock.millis() - lastFinishedMillis > MISSED * set.every().toMillis();
  }

  private Look overdue(Look look) {
    return new Look(
        look.startedMillis(),
        look.finishedMillis(),
        look.listing(),
        "no result in "
            + spool.fileOf(set.name())
            + " since "
            + Instant.ofEpochMilli(lastFinishedMillis)
            + ": does the timer run that starts walwatch list --name "
            + set.name()
            + "?",
        "");
  }

  private Look read(Path file) {
    long now = clock.millis();
    try {
      Look look = spool.read(set.name(), set.provider());
      if (look.finishedMillis() > now + SKEW_MILLIS) {
        return Look.failed(now, now, file + " is from the future: which clock is wrong?", "");
      }
      return look;
    } catch (NoSuchFileException e) {
      return Look.failed(
          now,
          now,
          "there is no " + file + " yet: a timer has to run walwatch list --name " + set.name(),
          "");
    } catch (IOException e) {
      return Look.failed(now, now, "the result in the spool cannot be read: " + e.getMessage(), "");
    }
  }

  private static Object keyOf(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object inode = attributes.fileKey();
      return List.of(attributes.lastModifiedTime(), attributes.size(), inode == null ? "" : inode);
    } catch (IOException e) {
      return e.getClass();
    }
  }
}
