/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.writer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log as its writer holds it: open, at its end, wherever its name goes. */
public final class AppendingFile implements AutoCloseable {
  private final FileChannel channel;

  private AppendingFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens it, and makes it where it is not there. */
  public static AppendingFile open(Path path) throws IOException {
    return new AppendingFile(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  /** One write(2), as far as the kernel takes it. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Cuts what was written. */
  public void truncate() throws IOException {
    truncate(0);
  }

  /** Cuts what was written behind so many bytes. */
  public void truncate(long sizeBytes) throws IOException {
    channel.truncate(sizeBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
