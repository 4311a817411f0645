/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * As much DER as it takes to put the older forms of private keys (PKCS#1 of RFC 8017, SEC 1 of RFC
 * 5915) into PKCS#8 (RFC 5208), the only one that Java reads.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  /** Version 0. */
  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption, with the NULL that goes with it. */
  private static final byte[] RSA = {
    0x06, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
  };

  /** ecPublicKey; the curve follows. */
  private static final byte[] EC = {0x06, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private Der() {}

  static byte[] pkcs8OfRsa(byte[] key) {
    return pkcs8(RSA, key);
  }

  /**
   * The same for elliptic curves.
   *
   * @throws IllegalArgumentException when it is not such a key, or names no curve
   */
  static byte[] pkcs8OfEc(byte[] key) {
    try {
      ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
      content(fields, INTEGER);
      content(fields, OCTET_STRING);
      ByteBuffer parameters = content(fields, PARAMETERS);
      byte[] curve = new byte[parameters.remaining()];
      parameters.get(curve);
      return pkcs8(join(EC, curve), key);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("no EC private key that names its curve", e);
    }
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return value(SEQUENCE, join(VERSION, value(SEQUENCE, algorithm), value(OCTET_STRING, key)));
  }

  private static ByteBuffer content(ByteBuffer from, int tag) {
    if ((from.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("not the expected structure");
    }
    int length = from.get() & 0xFF;
    if (length > 0x82) {
      throw new IllegalArgumentException("too long for a key");
    }
    if (length >= 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (from.get() & 0xFF);
      }
    }
    if (length > from.remaining()) {
      throw new IllegalArgumentException("cut off");
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
