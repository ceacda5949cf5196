package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.CheckResult;
import dev.nines.health.BlackHole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpCheckTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @Test
  void aPortThatListensIsHealthyAndOneThatIsClosedFails() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(Checks.tcp("127.0.0.1", port).run(new TestRun(TIMEOUT)).status())
          .isEqualTo(CheckResult.Status.HEALTHY);
    }
    assertThatThrownBy(() -> Checks.tcp("127.0.0.1", port).run(new TestRun(TIMEOUT)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aPortThatSwallowsConnectionsFailsInTime() throws Exception {
    try (BlackHole hole = BlackHole.unreachable()) {
      long from = System.nanoTime();
      assertThatThrownBy(() -> Checks.tcp("127.0.0.1", hole.port()).run(new TestRun(TIMEOUT)))
          .isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .isBetween(TIMEOUT.minusMillis(50), TIMEOUT.multipliedBy(4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void aPortOutsideOfTheRangeIsRefused(int port) {
    assertThatThrownBy(() -> Checks.tcp("localhost", port))
        .hasMessage("port: " + port + " (expected: 1 to 65535)");
  }

  @Test
  void aBlankHostIsRefused() {
    assertThatThrownBy(() -> Checks.tcp(" ", 1))
        .hasMessage("host: blank (expected: a name or an address)");
  }
}
