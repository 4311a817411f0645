/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that refuses to be longer than a limit. */
final class LimitedStream extends FilterInputStream {
  private final long limitBytes;
  private long readBytes;

  LimitedStream(InputStream in, long limitBytes) {
    super(in);
    this.limitBytes = limitBytes;
  }

  boolean isExceeded() {
    return readBytes > limitBytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    readBytes += bytes;
    if (isExceeded()) {
      throw new IOException("the output is longer than " + limitBytes + " bytes");
    }
  }
}
