/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The health check of a container that has neither a shell nor curl: asks {@code /-/healthy} on the
 * loopback address, in clear and, where that is not understood, by TLS. Loads nothing but the JDK's
 * sockets, since it runs again and again beside a database.
 */
public final class HealthProbe {
  private static final int DEFAULT_PORT = 10432;
  private static final int LIMIT_MILLIS = 5_000;
  private static final String REQUEST = "GET /-/healthy HTTP/1.0\r\nHost: localhost\r\n\r\n";
  private static final String WELL = " 200 ";
  private static final int STATUS_LINE_BYTES = 64;

  private HealthProbe() {}

  /**
   * Exits with 0 if the agent answers that it is healthy, else with 1.
   *
   * @param args the port, if it is neither 10432 nor what {@code WALWATCH_LISTEN} says
   */
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : port(System.getenv("WALWATCH_LISTEN"));
    System.exit(isHealthy(port) ? 0 : 1);
  }

  /** The port of an address to listen on; without one, or where it is no address, 10432. */
  static int port(@Nullable String listen) {
    String digits = listen == null ? "" : listen.substring(listen.lastIndexOf(':') + 1).strip();
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : DEFAULT_PORT;
  }

  static boolean isHealthy(int port) {
    Asked asked = new Asked();
    try {
      return isHealthyInClear(port) || isHealthy(secured(open(port), asked));
    } catch (SSLException | SocketException e) {
      // Its demand for a certificate, which this one has not, came by TLS: it answers, so it lives.
      // Whether the alert that follows arrives before the connection is reset, is chance.
      return asked.forOne;
    } catch (IOException | GeneralSecurityException e) {
      return false;
    }
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  private static boolean isHealthyInClear(int port) throws IOException {
    try {
      return isHealthy(open(port));
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isHealthy(Socket open) throws IOException {
    try (Socket socket = open) {
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      return statusLine(socket.getInputStream()).contains(WELL);
    }
  }

  /** Whose certificate it is does not matter: nothing secret is said to the own host. */
  private static Socket secured(Socket plain, Asked asked)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {asked}, new TrustManager[] {new AnyCertificate()}, null);
    return context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
  }

  /** Has no certificate, and remembers whether one was asked for. One connection, one thread. */
  private static final class Asked implements X509KeyManager {
    private boolean forOne;

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      forOne = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static String statusLine(InputStream answer) throws IOException {
    String start = new String(answer.readNBytes(STATUS_LINE_BYTES), US_ASCII);
    return start.split("\r\n", 2)[0];
  }
}
