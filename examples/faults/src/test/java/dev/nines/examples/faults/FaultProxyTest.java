package dev.nines.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FaultProxyTest {

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void standBeforeAServerThatAnswersWhatItHears() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo);
    echo.setDaemon(true);
    echo.start();
    proxy = FaultProxy.before("localhost", server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void whenUpItPassesOnWhatBothSay() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client)).isEqualTo(42);
    }
  }

  @Test
  void whenDownItResetsOldConnectionsAndNewOnes() throws IOException {
    try (Socket old = connect()) {
      ask(old);
      proxy.fault(Fault.DOWN);

      assertThatThrownBy(() -> old.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> ask(connect())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whenUpAgainItServesNewConnections() throws IOException {
    proxy.fault(Fault.DOWN);
    proxy.fault(Fault.UP);

    try (Socket client = connect()) {
      assertThat(ask(client)).isEqualTo(42);
    }
  }

  @Test
  void whenSlowEachAnswerWaits() throws IOException {
    try (Socket client = connect()) {
      ask(client);
      proxy.fault(Fault.SLOW);
      long start = System.nanoTime();

      assertThat(ask(client)).isEqualTo(42);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(FaultProxy.DELAY);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int ask(Socket client) throws IOException {
    client.getOutputStream().write(42);
    int answer = client.getInputStream().read();
    if (answer < 0) {
      throw new IOException("The connection ended");
    }
    return answer;
  }

  private void echo() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread serving = new Thread(() -> echo(client));
        serving.setDaemon(true);
        serving.start();
      }
    } catch (IOException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
