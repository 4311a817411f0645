/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TLS and users, in the format of Prometheus's exporter-toolkit. Immutable.
 *
 * @param headers sent with every answer
 * @param users bcrypt hashes by name; empty: no login
 */
public record WebConfig(
    Optional<TlsConfig> tls, Map<String, String> headers, Map<String, String> users) {
  public WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /** Whether clients need a certificate. */
  public enum ClientAuth {
    NONE,
    IF_GIVEN,
    REQUIRED
  }

  /**
   * What TLS is made of.
   *
   * @param clientCaFile who signs certificates of clients; there where these are asked for
   * @param protocols as Java names them
   * @param cipherSuites for TLS 1.2; empty: Java's own
   * @param ownCipherOrder whether the order of the server counts
   */
  public record TlsConfig(
      Path certFile,
      Path keyFile,
      ClientAuth clientAuth,
      Optional<Path> clientCaFile,
      List<String> protocols,
      List<String> cipherSuites,
      boolean ownCipherOrder) {
    public TlsConfig {
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
    }
  }
}
