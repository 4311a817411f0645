/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceFacts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What anybody in the network may do to the port: the agent lives, and says so. */
@Timeout(120)
final class HostileClientsTest {
  private static final int CLIENTS = 12;

  @TempDir private static Path directory;
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void shouldRefuseARequestThatHasNoEnd() throws Exception {
    try (HttpServer server = server(address(0))) {
      server.start();
      Socket socket = connect(server);
      byte[] header = ("X: " + "x".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(
              () -> {
                socket.getOutputStream().write(header);
                while (socket.getInputStream().read() >= 0) {
                  // An answer may come before the end.
                }
                throw new IOException("ended");
              })
          .isInstanceOf(IOException.class);
      assertHealthy(server);
    }
  }

  @Test
  void shouldAnswerThatItLivesWhileOthersDoNotReadTheirAnswers() throws Exception {
    try (HttpServer server = server(address(0))) {
      server.start();
      byte[] requests =
          "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
              .repeat(500)
              .getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < CLIENTS; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(1024);
        socket.connect(server.addresses().get(0));
        socket.getOutputStream().write(requests);
        // It is answered, and nothing more is read of that.
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        assertHealthy(server);
      }
      assertHealthy(server);
    }
  }

  @Test
  void shouldNameThePortThatIsTakenAmongSeveral() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpServer server = server(address(0), address(taken.getLocalPort()))) {
      assertThatThrownBy(server::start)
          .isInstanceOfSatisfying(
              PortException.class,
              e -> assertThat(e.address().getPort()).isEqualTo(taken.getLocalPort()));
    }
  }

  @Test
  void shouldRefuseAPortThatIsNamedTwice() throws Exception {
    int free;
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = any.getLocalPort();
    }
    try (HttpServer server = server(address(free), address(free))) {
      assertThatThrownBy(server::start).isInstanceOf(PortException.class);
    }
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static HttpServer server(InetSocketAddress... addresses) {
    Snapshot snapshot =
        new AgentState(InstantSource.system())
            .publish(
                name -> new ServerFacts(true, Optional.empty(), Optional.empty(), false, 0),
                name -> new SourceFacts("main", 1, 5),
                AgentFacts.NONE);
    return new HttpServer(
        List.of(addresses),
        new Content(
            new PrometheusExposition(MetricCatalogue.all()),
            new FailureStore(directory.resolve("failures")),
            () -> snapshot,
            () -> snapshot,
            InstantSource.system()),
        ReloadControl.OFF,
        () -> WebAccess.OPEN,
        new LoginRefusals());
  }

  private Socket connect(HttpServer server) throws IOException {
    InetSocketAddress address = server.addresses().get(0);
    Socket socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    return socket;
  }

  private void assertHealthy(HttpServer server) throws IOException {
    try (Socket socket = connect(server)) {
      socket
          .getOutputStream()
          .write("GET /-/healthy HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.0 200");
    }
  }
}
