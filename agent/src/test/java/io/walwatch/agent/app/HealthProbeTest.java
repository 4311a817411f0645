/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  @Test
  void shouldAskThePortThatTheAgentIsToldToListenOn() {
    assertThat(HealthProbe.port(null)).isEqualTo(10432);
    assertThat(HealthProbe.port("0.0.0.0:9000")).isEqualTo(9000);
    assertThat(HealthProbe.port("[::1]:9001")).isEqualTo(9001);
    assertThat(HealthProbe.port(":9002")).isEqualTo(9002);
    assertThat(HealthProbe.port("nonsense")).isEqualTo(10432);
  }

  @Test
  void shouldBeWellWhenTheAgentAnswersWith200() throws Exception {
    assertThat(probe("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n")).isTrue();
  }

  @Test
  void shouldBeIllWhenTheAgentAnswersWithAnythingElse() throws Exception {
    assertThat(probe("HTTP/1.1 503 Service Unavailable\r\n\r\nsays 200 elsewhere\n")).isFalse();
  }

  @Test
  void shouldBeIllWhenNobodyListens() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(HealthProbe.isHealthy(port)).isFalse();
  }

  private static boolean probe(String answer) throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread agent = new Thread(() -> answerOnce(server, answer));
      agent.start();
      boolean healthy = HealthProbe.isHealthy(server.getLocalPort());
      agent.join();
      return healthy;
    }
  }

  private static void answerOnce(ServerSocket server, String answer) {
    try (Socket connection = server.accept()) {
      connection.getInputStream().read();
      connection.getOutputStream().write(answer.getBytes(US_ASCII));
      connection.shutdownOutput();
      connection.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
