/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Who has logged in. A password is checked with bcrypt, which takes long on purpose, once: that it
 * was right is remembered, as a keyed hash of name, password and stored hash, in memory only. Any
 * thread.
 */
final class Logins {
  /** More than users anybody configures here; when it is full, all are checked once again. */
  private static final int MOST_KNOWN = 1_000;

  private static final String HMAC = "HmacSHA256";

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final SecretKeySpec secret;

  Logins() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = new SecretKeySpec(random, HMAC);
  }

  /** A name and a password as a client has sent them. */
  record Credentials(String user, String password) {
    /** Those of an {@code Authorization} header; empty where it holds none of this kind. */
    static Optional<Credentials> of(String header) {
      if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
        return Optional.empty();
      }
      try {
        byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
        String text = new String(bytes, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return colon < 0
            ? Optional.empty()
            : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
      } catch (IllegalArgumentException ignored) {
        return Optional.empty();
      }
    }

    /** Never the password. */
    @Override
    public String toString() {
      return user;
    }
  }

  /** Whether these were right before, for the hash that is configured now. Takes no time. */
  boolean isKnown(Credentials credentials, Map<String, String> users) {
    String hash = users.get(credentials.user());
    return hash != null && known.contains(key(credentials, hash));
  }

  /** Whether these are right. Takes a tenth of a second, or more, whoever asks. */
  boolean check(Credentials credentials, Map<String, String> users) {
    String hash = users.get(credentials.user());
    // Of a user who does not exist another's hash is computed, so that it takes as long.
    String checked = hash == null ? slowest(users) : hash;
    byte[] password = credentials.password().getBytes(StandardCharsets.UTF_8);
    boolean right = BCrypt.checkpw(password, checked);
    if (!right || hash == null) {
      return false;
    }
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.add(key(credentials, hash));
    return true;
  }

  private static String slowest(Map<String, String> users) {
    return users.values().stream()
        .max(Comparator.comparing(hash -> hash.substring(4, 6)))
        .orElseThrow();
  }

  private String key(Credentials credentials, String hash) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      for (String part : new String[] {credentials.user(), hash, credentials.password()}) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
      }
      return Base64.getEncoder().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
