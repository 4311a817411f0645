/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The health check of a container that has neither a shell nor curl: asks {@code /-/healthy} on the
 * loopback address. Loads nothing but the JDK's sockets, since it runs again and again beside a
 * database.
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
   * @param args the port, if it is not 10432
   */
  public static void main(String[] args) {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_PORT;
    System.exit(isHealthy(port) ? 0 : 1);
  }

  static boolean isHealthy(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      return statusLine(socket.getInputStream()).contains(WELL);
    } catch (IOException e) {
      return false;
    }
  }

  private static String statusLine(InputStream answer) throws IOException {
    String start = new String(answer.readNBytes(STATUS_LINE_BYTES), US_ASCII);
    return start.split("\r\n", 2)[0];
  }
}
