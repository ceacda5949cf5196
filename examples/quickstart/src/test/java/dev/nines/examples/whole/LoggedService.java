package dev.nines.examples.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.Layout;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What the log of a small service says in which everything happens once that operators ask for. */
final class LoggedService {

  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private LoggedService() {}

  /** Returns the lines of that layout; from a JVM of its own, for Logback is one for a process. */
  static List<String> lines(Layout layout) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LoggedService.class.getName(),
            layout.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  public static void main(String[] arguments) throws IOException {
    try (Service service = Service.start(Service.targets().build(), builder -> builder
        .install(JsonLogging.toStdout().layout(Layout.valueOf(arguments[0])))
        .dependency(Dependency.optional("payments", payments())))) {
      service.send(HttpRequest.newBuilder(service.app("/hello"))
          .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
          .build());
      service.get(service.app("/orders/7"));
      service.get(service.app("/fail"));
      service.get(service.app("/nowhere"));
      openTheBreaker(service.nines.guard("payments"));
    }
  }

  private static Check payments() {
    return run -> CheckResult.healthy();
  }

  /** Its evidence must lie in two different seconds. */
  private static void openTheBreaker(Guard payments) {
    await().until(() -> {
      payments.callOr(
          () -> {
            throw new IOException("connection refused");
          },
          reason -> "");
      return payments.state() == Guard.BreakerState.OPEN;
    });
  }
}
