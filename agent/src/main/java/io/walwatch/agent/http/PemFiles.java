/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM files, as openssl, certbot and vault write them. */
final class PemFiles {
  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

  private PemFiles() {}

  /** All certificates of a file, at least one, the server's own first. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IOException(file + " holds no certificate in PEM format");
      }
      return found;
    } catch (CertificateException e) {
      throw new IOException(file + " holds no certificate in PEM format", e);
    }
  }

  /** The private key of a file: PKCS#8, or what OpenSSL wrote before that. */
  static PrivateKey key(Path file) throws IOException {
    Matcher pem = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IOException(file + " holds no private key in PEM format");
    }
    String kind = pem.group(1);
    if (kind.startsWith("ENCRYPTED") || pem.group(2).contains("ENCRYPTED")) {
      throw new IOException(file + " is encrypted, and walwatch has no password for it");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 =
          switch (kind) {
            case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(der);
            case "EC PRIVATE KEY" -> Der.pkcs8OfEc(der);
            default -> der;
          };
      return key(pkcs8);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException(file + " holds no private key that Java can read", e);
    }
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    GeneralSecurityException refused = new GeneralSecurityException("no algorithm");
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        refused = e;
      }
    }
    throw refused;
  }

  /** A renewal that has replaced one of two files would make every connection fail. */
  static void requirePair(Path certFile, X509Certificate cert, Path keyFile, PrivateKey key)
      throws IOException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    boolean pair;
    try {
      byte[] text = certFile.toString().getBytes(StandardCharsets.UTF_8);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(cert.getPublicKey());
      signature.update(text);
      pair = signature.verify(signed);
    } catch (GeneralSecurityException ignored) {
      pair = false;
    }
    if (!pair) {
      throw new IOException(keyFile + " is not the key of the certificate in " + certFile);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than 1 MiB: is it the right one?");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " cannot be read: permission denied", e);
    }
  }
}
