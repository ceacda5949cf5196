package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.health.BlackHole;
import dev.nines.testing.FairClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpCheckTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @Test
  void aPortThatIsClosedFailsUntilSomebodyListensAgain() throws Exception {
    ServerSocket server = listen(0);
    int port = server.getLocalPort();
    Check check = Checks.tcp("127.0.0.1", port);
    assertThat(run(check)).isEqualTo(CheckResult.healthy());

    server.close();
    assertThatThrownBy(() -> run(check)).isInstanceOf(IOException.class);
    try (ServerSocket back = listen(port)) {
      assertThat(back.getLocalPort()).isEqualTo(port);
      assertThat(run(check)).isEqualTo(CheckResult.healthy());
    }
  }

  @Test
  void aPortThatSwallowsConnectionsFailsInTime() throws Exception {
    try (BlackHole hole = BlackHole.unreachable()) {
      Check check = Checks.tcp("127.0.0.1", hole.port());
      Duration took = FairClock.timing(
          () -> assertThatThrownBy(() -> run(check)).isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(TIMEOUT.multipliedBy(4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void aPortOutsideOfTheRangeIsRefused(int port) {
    assertThatThrownBy(() -> Checks.tcp("localhost", port))
        .hasMessage("port: " + port + " (expected: 1 to 65535)");
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(TIMEOUT));
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
  }

  @Test
  void aBlankHostIsRefused() {
    assertThatThrownBy(() -> Checks.tcp(" ", 1))
        .hasMessage("host: blank (expected: a name or an address)");
  }
}
