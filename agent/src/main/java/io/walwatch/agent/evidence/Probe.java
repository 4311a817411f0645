/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * By what a file is known again: what stands at one offset of it. Immutable.
 *
 * @param lengthBytes how much of it is compared
 * @param checksum of that, CRC-32C
 * @param text that, for where the file is gone
 */
public record Probe(long offsetBytes, int lengthBytes, int checksum, String text) {
  /** Longer ones are not ours. */
  static final int MOST_BYTES = 256;

  public Probe {
    if (lengthBytes < 0 || lengthBytes > MOST_BYTES) {
      throw new IllegalArgumentException("lengthBytes " + lengthBytes);
    }
  }

  static Probe of(byte[] bytes, int length, long offsetBytes) {
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return new Probe(offsetBytes, length, checksum(bytes, length), text);
  }

  boolean isIn(FileChannel channel) throws IOException {
    byte[] found = new byte[lengthBytes];
    return Surroundings.readFully(channel, ByteBuffer.wrap(found), offsetBytes) == lengthBytes
        && checksum(found, lengthBytes) == checksum;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
