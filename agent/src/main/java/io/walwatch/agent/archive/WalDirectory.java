/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * The directory of WAL itself: how much it holds, and of what size its segments are.
 *
 * @param bytes all files in it
 * @param segmentSizeBytes of a finished segment; empty when there is none
 * @param filesystemSizeBytes of the file system that it lies on
 * @param filesystemAvailBytes what is left for its owner
 */
record WalDirectory(
    long bytes,
    OptionalLong segmentSizeBytes,
    OptionalLong filesystemSizeBytes,
    OptionalLong filesystemAvailBytes) {
  static WalDirectory of(Path directory) throws IOException {
    long bytes = 0;
    OptionalLong segmentSize = OptionalLong.empty();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        long size = sizeOf(entry);
        bytes += size;
        if (isSegment(entry) && WalGeometry.isSegmentSize(size)) {
          segmentSize = OptionalLong.of(size);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return space(directory, bytes, segmentSize);
  }

  /**
   * Asks the directory itself (statvfs). A FileStore is found in the table of mounts, which need
   * not hold it in a container or a chroot.
   */
  @SuppressForbidden("only File asks the directory and not the table of mounts")
  private static WalDirectory space(Path directory, long bytes, OptionalLong segmentSize) {
    File asked = directory.toFile();
    long total = asked.getTotalSpace();
    return new WalDirectory(
        bytes, segmentSize, space(total, total), space(total, asked.getUsableSpace()));
  }

  /** A file system of no size is one that does not tell; none free is a full one. */
  private static OptionalLong space(long totalBytes, long bytes) {
    return totalBytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  /** Size of one segment of a directory, without looking at more than needed. */
  static OptionalLong segmentSize(Path directory) throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, WalDirectory::isSegment)) {
      for (Path entry : entries) {
        long size = sizeOf(entry);
        if (WalGeometry.isSegmentSize(size)) {
          return OptionalLong.of(size);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return OptionalLong.empty();
  }

  private static boolean isSegment(Path entry) {
    Path name = entry.getFileName();
    return name != null
        && name.toString().length() == SegmentKey.NAME_LENGTH
        && SegmentKey.parse(name.toString()) != SegmentKey.NONE;
  }

  /** Segments are renamed and removed at any time. */
  private static long sizeOf(Path entry) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? attributes.size() : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
