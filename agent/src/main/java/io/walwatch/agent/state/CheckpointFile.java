/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The one file that survives a restart: a head line with version, length and CRC-32C, then JSON.
 *
 * <p>Written beside and renamed over, so that a reader finds the old one or the new one, never a
 * half. The last one that was forced to disk is kept beside it. Used by one thread.
 */
public final class CheckpointFile {
  private static final String MAGIC = "walwatch-checkpoint";
  private static final int VERSION = 1;

  /** Far above any real one (100,000 waiting files need 0.3 MiB); a larger file is not ours. */
  private static final long MAX_BYTES = 64L << 20;

  private final Path directory;
  private final Path file;
  private final Path previous;
  private final Path previousTemporary;
  private final Path temporary;

  /** Whether the newest one is worth keeping as the previous one: readable, and safely on disk. */
  private boolean worthKeeping;

  public CheckpointFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("checkpoint");
    this.previous = directory.resolve("checkpoint.previous");
    this.previousTemporary = directory.resolve("checkpoint.previous.tmp");
    this.temporary = directory.resolve("checkpoint.tmp");
  }

  /** What a file held. */
  public enum Source {
    NEWEST,
    PREVIOUS
  }

  /** A checkpoint that was read, and from which of the two files. */
  public record Loaded(Source source, Node node) {}

  /**
   * Writes a checkpoint.
   *
   * @param durable whether it must survive a power cut: waits for the disk
   * @return how large it is, in bytes
   * @throws IOException when it could not be written; the last one is still there
   */
  public long save(Node node, boolean durable) throws IOException {
    byte[] body = NodeJson.write(node);
    byte[] head = head(body).getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, ByteBuffer.wrap(head));
      writeFully(channel, ByteBuffer.wrap(body));
      if (durable) {
        channel.force(true);
      }
    }
    if (worthKeeping) {
      keepPrevious();
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    worthKeeping = durable;
    if (durable) {
      forceDirectory();
    }
    return (long) head.length + body.length;
  }

  /** A rename is only safe from a power cut when its directory is on disk. */
  private void forceDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Makes the newest checkpoint the previous one, since it is behind what was shown: counters do
   * not go on from a previous one.
   *
   * @throws IOException when that could not be done
   */
  public void demote() throws IOException {
    worthKeeping = false;
    try {
      Files.move(file, previous, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException none) {
      // Demoted before, or never written.
    }
  }

  /**
   * Reads the newest valid checkpoint.
   *
   * @return empty when there is none at all
   * @throws IOException when there is one and neither it nor the previous one can be read
   */
  public Optional<Loaded> load() throws IOException {
    try {
      Loaded newest = new Loaded(Source.NEWEST, read(file));
      worthKeeping = true;
      return Optional.of(newest);
    } catch (NoSuchFileException none) {
      return loadPrevious();
    } catch (IOException broken) {
      Optional<Loaded> older = loadPrevious();
      if (older.isEmpty()) {
        throw broken;
      }
      return older;
    }
  }

  private Optional<Loaded> loadPrevious() throws IOException {
    try {
      return Optional.of(new Loaded(Source.PREVIOUS, read(previous)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private void keepPrevious() throws IOException {
    if (Files.exists(file)) {
      Files.deleteIfExists(previousTemporary);
      try {
        Files.createLink(previousTemporary, file);
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        Files.copy(file, previousTemporary, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(previousTemporary, previous, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String head(byte[] body) {
    return MAGIC + " " + VERSION + " " + body.length + " " + crc(body, 0, body.length) + "\n";
  }

  private static Node read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": larger than " + MAX_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    int start = bodyStart(bytes);
    String[] head =
        new String(bytes, 0, Math.max(0, start - 1), StandardCharsets.US_ASCII).split(" ", -1);
    int length = bytes.length - start;
    if (start == 0 || head.length != 4 || !head[0].equals(MAGIC)) {
      throw new IOException(file + ": not a checkpoint");
    }
    if (!head[1].equals(Integer.toString(VERSION))) {
      throw new IOException(file + ": format version " + head[1] + " is not known here");
    }
    if (!head[2].equals(Integer.toString(length)) || !head[3].equals(crc(bytes, start, length))) {
      throw new IOException(file + ": damaged (length or checksum differ)");
    }
    return NodeJson.read(bytes, start, length);
  }

  private static int bodyStart(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 128); i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private static String crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return Long.toHexString(crc.getValue());
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
