package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be wrong at the start ends in one clear error, naming what to change. */
class StartTest {

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertFails(
          Map.of("PORT", port(taken)),
          "PORT: " + port(taken) + " is taken (expected: a free port)");
    }
  }

  @Test
  void aTakenAdminPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertFails(Map.of("ADMIN_PORT", port(taken)), "admin.port: " + port(taken));
    }
  }

  @Test
  void aMalformedDatabaseUrlIsNamed() throws Exception {
    assertFails(
        Map.of("DATABASE_URL", "mysql://me:secret@host/db"),
        "DATABASE_URL: scheme mysql (expected: ");
  }

  @Test
  void anUnreachableDatabaseIsNamed() throws Exception {
    ServerSocket unused = new ServerSocket(0);
    unused.close();
    assertFails(
        Map.of("DATABASE_URL", "postgres://me:secret@localhost:" + port(unused) + "/db"),
        "The database postgres://localhost:" + port(unused) + "/db can't be used");
  }

  @Test
  void aMalformedTargetIsNamed() throws Exception {
    assertFails(
        Map.of("NINES_TARGETS_AVAILABILITY", "100%"),
        "NINES_TARGETS_AVAILABILITY: targets.availability: 100% (expected: less than 100%");
  }

  private static void assertFails(Map<String, String> environment, String error) throws Exception {
    RunningQuickstart service = new RunningQuickstart(environment).start();

    assertThat(service.exitCode()).isEqualTo(1);
    assertThat(String.join("\n", service.err())).contains(error).doesNotContain("secret", "\tat ");
  }

  private static String port(ServerSocket socket) {
    return String.valueOf(socket.getLocalPort());
  }
}
