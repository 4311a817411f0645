/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The server's side of TLS, loaded. Immutable; any thread. */
public final class Tls {
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;
  private final Options options;

  /**
   * How to talk.
   *
   * @param wantClientCertificate asked for, and checked where one comes
   * @param needClientCertificate no connection without one
   * @param protocols as Java names them
   * @param cipherSuites for TLS 1.2; empty: Java's own
   */
  public record Options(
      boolean wantClientCertificate,
      boolean needClientCertificate,
      List<String> protocols,
      List<String> cipherSuites,
      boolean ownCipherOrder) {
    public Options {
      protocols = List.copyOf(protocols);
      cipherSuites = List.copyOf(cipherSuites);
    }
  }

  private Tls(SSLContext context, Options options) {
    this.context = context;
    this.options = options;
  }

  /**
   * Loads PEM files.
   *
   * @param clientCaFile who signs certificates of clients
   * @throws IOException when a file cannot be read, or does not hold what it should; names the file
   */
  public static Tls load(Path certFile, Path keyFile, Optional<Path> clientCaFile, Options options)
      throws IOException {
    List<X509Certificate> chain = PemFiles.certificates(certFile);
    PrivateKey key = PemFiles.key(keyFile);
    PemFiles.requirePair(certFile, chain.get(0), keyFile, key);
    List<X509Certificate> authorities =
        clientCaFile.isPresent() ? PemFiles.certificates(clientCaFile.get()) : List.of();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(key, chain), authorities(authorities), null);
      return new Tls(context, options);
    } catch (GeneralSecurityException e) {
      throw new IOException(certFile + ", " + keyFile + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static javax.net.ssl.KeyManager[] keys(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Without an authority nobody is believed, not even those that Java believes by default. */
  private static TrustManager[] authorities(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return new TrustManager[0];
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  SSLContext context() {
    return context;
  }

  /** Makes an engine talk as it is configured. */
  SSLEngine prepared(SSLEngine engine) {
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(options.protocols().toArray(new String[0]));
    if (!options.cipherSuites().isEmpty()) {
      List<String> suites = new ArrayList<>(options.cipherSuites());
      // TLS 1.3 has suites of its own, which are not chosen here.
      Arrays.stream(parameters.getCipherSuites())
          .filter(suite -> !suite.contains("_WITH_"))
          .forEach(suites::add);
      parameters.setCipherSuites(suites.toArray(new String[0]));
    }
    parameters.setUseCipherSuitesOrder(options.ownCipherOrder());
    if (options.needClientCertificate()) {
      parameters.setNeedClientAuth(true);
    } else if (options.wantClientCertificate()) {
      parameters.setWantClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
