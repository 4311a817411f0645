/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The file system that the kernel shows. */
final class LocalDisk implements Disk {
  // Java has no fstat, and its file key shows the two numbers only as text.
  private static final String STAT =
      "unix:dev,ino,size,lastModifiedTime,creationTime,isRegularFile";

  /** As in Linux. */
  private static final int MAX_LINKS = 40;

  /** Files are stamped with the time of the kernel's last tick; there are 100 a second at least. */
  private static final long TICK_MILLIS = 10;

  @Override
  public long nowMillis() {
    return System.currentTimeMillis() - TICK_MILLIS;
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    Map<String, Object> values = attributes(path);
    FileTime modified = (FileTime) value(values, "lastModifiedTime");
    FileTime born = (FileTime) value(values, "creationTime");
    return new FileStat(
        new FileKey(number(values, "dev"), number(values, "ino")),
        number(values, "size"),
        modified.toMillis(),
        // Where it is not known Java gives the other one (BasicFileAttributes.creationTime).
        born.equals(modified) ? 0 : born.toMillis(),
        (Boolean) value(values, "isRegularFile"));
  }

  /** Links that lead in a circle lead nowhere. */
  private static Map<String, Object> attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, STAT);
    } catch (FileSystemException e) {
      String reason = e.getReason();
      if (reason != null && reason.contains("symbolic link")) {
        throw new NoSuchFileException(path.toString(), null, "links that lead in a circle");
      }
      throw e;
    }
  }

  @Override
  public boolean isLink(Path path) {
    return Files.isSymbolicLink(path);
  }

  @Override
  public Path target(Path path) throws IOException {
    Path target = path;
    for (int links = 0; links < MAX_LINKS && Files.isSymbolicLink(target); links++) {
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  @Override
  public LogFile open(Path path) throws IOException {
    if (RotatedNames.isGzip(path.toString())) {
      return GzipFile.open(path);
    }
    return new PlainFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  private static long number(Map<String, Object> values, String name) {
    return ((Number) value(values, name)).longValue();
  }

  private static Object value(Map<String, Object> values, String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("stat tells no " + name);
    }
    return value;
  }

  private record PlainFile(FileChannel channel) implements LogFile {
    @Override
    public long sizeBytes() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer into, long offsetBytes) throws IOException {
      return channel.read(into, offsetBytes);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
