/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps its archive_status: named directly, or found below the data directory, whose
 * {@code pg_wal} was {@code pg_xlog} until version 9.6 and may be a symbolic link.
 */
public final class StatusDirectory {
  private final Path root;
  private final boolean isDataDirectory;

  private StatusDirectory(Path root, boolean isDataDirectory) {
    this.root = root;
    this.isDataDirectory = isDataDirectory;
  }

  /** The directory itself. */
  public static StatusDirectory at(Path archiveStatus) {
    return new StatusDirectory(archiveStatus, false);
  }

  /** Wherever it is below a data directory. */
  public static StatusDirectory below(Path dataDirectory) {
    return new StatusDirectory(dataDirectory, true);
  }

  Path path() {
    if (!isDataDirectory) {
      return root;
    }
    Path oldWal = root.resolve("pg_xlog");
    boolean isOld = Files.isDirectory(oldWal) && !Files.exists(root.resolve("pg_wal"));
    return (isOld ? oldWal : root.resolve("pg_wal")).resolve("archive_status");
  }

  /** Device and inode: what a directory is, whatever its name. */
  static String identity(Path directory) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(directory, "unix:dev,ino");
    return attributes.get("dev") + ":" + attributes.get("ino");
  }

  /** Since when a file waits: a rename keeps the mtime. -1 when it is gone. */
  static long modifiedMillis(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  /** Times of a {@code .done}, or null when it is gone. */
  static @Nullable DoneTimes doneTimes(Path file) throws IOException {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(file, "unix:ctime,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      return new DoneTimes(time(attributes, "lastModifiedTime"), time(attributes, "ctime"));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static FileTime time(Map<String, Object> attributes, String name) {
    return (FileTime) Objects.requireNonNull(attributes.get(name), name);
  }

  /**
   * When a {@code .done} was written and when its inode changed last.
   *
   * @param modified when the file was created, as {@code .ready} or as {@code .done}
   * @param changed when it was renamed, if it was
   */
  record DoneTimes(FileTime modified, FileTime changed) {
    /** A rename moves the ctime on; a file created as {@code .done} has two equal times. */
    boolean wasRenamed() {
      return changed.compareTo(modified) > 0;
    }

    long modifiedMillis() {
      return modified.toMillis();
    }

    long changedMillis() {
      return changed.toMillis();
    }
  }
}
