/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * A directory of logs with a writer, all that can befall it, and the model of it: what was written
 * into which generation, and thus what a reader must get.
 */
final class LogWorld {
  private static final int MAX_ROTATED = 40;

  private final Path directory;
  private final LocalDisk disk = new LocalDisk();
  private final Map<FileKey, GenerationText> texts = new HashMap<>();
  private final List<GenerationText> all = new ArrayList<>();
  private Path path;
  private FileChannel writer;
  private GenerationText written;
  private boolean copied;
  long clockMillis = 1_700_000_000_000L;
  private int lines;
  private int dates;

  LogWorld(Path directory) throws IOException {
    this.directory = directory;
    this.path = directory.resolve("pg.log");
    this.writer = appender(path);
    this.written = begin();
    texts.put(key(path), written);
    touch();
  }

  Path path() {
    return path;
  }

  /** Whether the writer writes to the file that the path leads to. */
  boolean isWriterAtPath() throws IOException {
    return Files.exists(path) && texts.get(key(path)) == written;
  }

  /** Whether no line is open in the file that is written. */
  boolean isTerminated() {
    return written.text.isEmpty() || written.text.charAt(written.text.length() - 1) == '\n';
  }

  void writeLine() throws IOException {
    write("line " + lines++ + " of this log, long enough to be told from others\n");
  }

  void writePart() throws IOException {
    write("part " + lines++ + ";");
  }

  private void write(String text) throws IOException {
    writer.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    written.text.append(text);
    touch();
  }

  /** The writer opens its path anew, as on SIGHUP. */
  void reopen() throws IOException {
    writer.close();
    boolean fresh = !Files.exists(path);
    writer = appender(path);
    if (fresh) {
      texts.put(key(path), begin());
    }
    written = text(path);
    touch();
  }

  private static FileChannel appender(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private GenerationText text(Path file) throws IOException {
    return Objects.requireNonNull(texts.get(key(file)));
  }

  private GenerationText begin() {
    GenerationText text = new GenerationText();
    all.add(text);
    return text;
  }

  /** .1 to .2 and so on, and the log to .1; the writer notices nothing. */
  void rename() throws IOException {
    truncateCopied();
    if (Files.exists(path)) {
      shift();
      Files.move(path, rotated(1));
      text(rotated(1)).over = true;
      tick();
    }
  }

  void copyTruncate() throws IOException {
    copy();
    truncateCopied();
  }

  /** The first half of logrotate's copytruncate: for a while all is there twice. */
  void copy() throws IOException {
    truncateCopied();
    if (isWriterAtPath()) {
      shift();
      Files.copy(path, rotated(1), StandardCopyOption.COPY_ATTRIBUTES);
      texts.put(key(rotated(1)), written);
      copied = true;
      tick();
    }
  }

  /**
   * The second half. What was written meanwhile still comes into the copy, so that none is lost.
   */
  void truncateCopied() throws IOException {
    if (copied) {
      byte[] whole = Files.readAllBytes(path);
      try (FileChannel copy = FileChannel.open(rotated(1), StandardOpenOption.WRITE)) {
        int there = (int) copy.size();
        copy.write(ByteBuffer.wrap(whole, there, whole.length - there), there);
      }
      Files.setLastModifiedTime(rotated(1), Files.getLastModifiedTime(path));
      truncate();
    }
  }

  void truncate() throws IOException {
    copied = false;
    if (isWriterAtPath()) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(0);
      }
      written.over = true;
      written = begin();
      texts.put(key(path), written);
      touch();
    }
  }

  /** Compresses the newest plain rotated file that nobody writes to. */
  void compress() throws IOException {
    truncateCopied();
    for (int i = 1; i < MAX_ROTATED; i++) {
      Path file = rotated(i);
      if (Files.exists(file) && texts.get(key(file)) != written) {
        Path target = zipped(i);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
          Files.copy(file, out);
        }
        Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
        texts.remove(key(file));
        Files.delete(file);
        tick();
        return;
      }
    }
  }

  void delete() throws IOException {
    truncateCopied();
    if (Files.exists(path)) {
      text(path).over = true;
      texts.remove(key(path));
      Files.delete(path);
      tick();
    }
  }

  /** The next file under a name with another date, as PostgreSQL's log collector does it. */
  void nextDate() throws IOException {
    truncateCopied();
    path = directory.resolve("pg-" + dates++ + ".log");
    reopen();
  }

  /** A reader looks at the file that the path leads to. */
  void look() throws IOException {
    if (Files.exists(path)) {
      GenerationText text = text(path);
      text.seenBytes = text.text.length();
    }
  }

  /** The reader writes down what it knows. */
  void keep() {
    all.forEach(text -> text.keptBytes = text.seenBytes);
  }

  /** The reader goes back to what it wrote down. */
  void forget() {
    all.forEach(text -> text.seenBytes = text.keptBytes);
  }

  /** Bytes of complete lines that a reader has seen to be there and did not deliver. */
  long missedBytes(List<String> delivered) {
    long missed = 0;
    for (GenerationText text : all) {
      long end = 0;
      for (String line : text.text.toString().split("(?<=\n)", -1)) {
        end += line.length();
        boolean whole = line.endsWith("\n") && end <= text.seenBytes;
        missed += whole ? missedBytes(line, delivered) : 0;
      }
    }
    return missed;
  }

  /** The beginning of a line may have been delivered, when the rest was cut. */
  private static long missedBytes(String line, List<String> delivered) {
    String text = line.stripTrailing();
    int longest =
        delivered.stream().filter(text::startsWith).mapToInt(String::length).max().orElse(0);
    return longest == text.length() ? 0 : line.length() - longest;
  }

  /** Bytes that were written. */
  long writtenBytes() {
    return all.stream().mapToLong(text -> text.text.length()).sum();
  }

  /** All complete lines, and the unterminated ones of generations that are over. */
  List<String> truth() {
    List<String> truth = new ArrayList<>();
    for (GenerationText text : all) {
      String[] parts = text.text.toString().split("\n", -1);
      truth.addAll(List.of(parts).subList(0, parts.length - 1));
      String rest = parts[parts.length - 1];
      if (text.over && !rest.isEmpty()) {
        truth.add(rest);
      }
    }
    return truth;
  }

  void close() throws IOException {
    writer.close();
  }

  private void shift() throws IOException {
    for (int i = MAX_ROTATED; i > 0; i--) {
      if (Files.exists(rotated(i))) {
        Files.move(rotated(i), rotated(i + 1));
      }
      if (Files.exists(zipped(i))) {
        Files.move(zipped(i), zipped(i + 1));
      }
    }
  }

  private Path rotated(int number) {
    return directory.resolve(path.getFileName() + "." + number);
  }

  private Path zipped(int number) {
    return directory.resolve(path.getFileName() + "." + number + ".gz");
  }

  private FileKey key(Path file) throws IOException {
    return disk.stat(file).key();
  }

  /** The kernel's clock is too coarse for a model that writes a log's day in a millisecond. */
  private void touch() throws IOException {
    tick();
    for (Path file : disk.list(directory)) {
      boolean copy = copied && file.equals(rotated(1));
      if (texts.get(key(file)) == written && !copy) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(clockMillis));
        return;
      }
    }
  }

  private void tick() throws IOException {
    clockMillis += 10;
    Files.setLastModifiedTime(directory, FileTime.fromMillis(clockMillis));
  }
}
