/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at once, the first one lowest. */
final class Longs {
  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Longs() {}

  static long at(byte[] array, int index) {
    return (long) VIEW.get(array, index);
  }

  /** A mask that leaves the first bytes of eight. */
  static long maskOf(int bytes) {
    return bytes >= Long.BYTES ? -1L : (1L << (bytes * Byte.SIZE)) - 1;
  }
}
