/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose new connections are made with what is configured at that moment. Undertow can
 * exchange a listener's context, but neither its protocols nor whether it asks for certificates.
 */
final class SwitchedTls extends SSLContext {
  SwitchedTls(Supplier<Tls> tls) {
    super(new Switch(tls), tls.get().context().getProvider(), "TLS");
  }

  private static final class Switch extends SSLContextSpi {
    private final Supplier<Tls> tls;

    Switch(Supplier<Tls> tls) {
      this.tls = tls;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("is initialised already");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      Tls now = tls.get();
      return now.prepared(now.context().createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      Tls now = tls.get();
      return now.prepared(now.context().createSSLEngine(host, port));
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException("engines only");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("engines only");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return tls.get().context().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return tls.get().context().getClientSessionContext();
    }
  }
}
