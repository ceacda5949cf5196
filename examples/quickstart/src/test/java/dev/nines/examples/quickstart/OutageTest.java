package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.examples.quickstart.RunningQuickstart.Answered;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The walk through failure and recovery that stands in the README. */
class OutageTest {

  private static final String A_BOOK = "{\"item\":\"book\",\"cents\":1999}";

  /** A recovery waits for the breaker, for two checks in a row and for the pool; here on a machine that may be busy. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @RegisterExtension
  static final RunningQuickstart SERVICE = RunningQuickstart.withQuickerTargets();

  @BeforeEach
  void everythingWorks() {
    SERVICE.post("/chaos/orders-db?mode=up", "");
    SERVICE.post("/chaos/payments?mode=up", "");
    await().atMost(RECOVERY).until(() -> check("orders-db").equals("healthy"));
    await().atMost(RECOVERY).until(() -> check("payments").equals("healthy"));
  }

  @Test
  void anOrderIsKeptAndCharged() {
    Answered placed = SERVICE.post("/orders", A_BOOK);

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.json().path("payment").asString()).isEqualTo("charged");
    assertThat(SERVICE.get("/orders/" + placed.json().path("id").asLong()).json())
        .isEqualTo(placed.json());
  }

  @Test
  void aPaymentsOutageOpensTheBreakerAndOrdersGoOnAsPending() {
    SERVICE.post("/chaos/payments?mode=down", "");

    await().atMost(RECOVERY).until(() -> {
      assertPending(SERVICE.post("/orders", A_BOOK));
      return breakerIsOpen("payments");
    });
    assertThat(SERVICE.admin("/ready").status()).isEqualTo(200);
    Answered health = SERVICE.admin("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().path("status").asString()).isEqualTo("degraded");
    assertThat(check("payments")).isNotEqualTo("healthy");

    SERVICE.post("/chaos/payments?mode=up", "");
    await().atMost(RECOVERY).until(() -> payment(SERVICE.post("/orders", A_BOOK))
        .equals("charged"));
    await().atMost(RECOVERY).until(() -> check("payments").equals("healthy"));
  }

  @Test
  void aSlowPaymentsServiceDelaysOrdersNoLongerThanTheDeadline() {
    SERVICE.post("/chaos/payments?mode=slow", "");

    assertPending(SERVICE.post("/orders", A_BOOK));
    await().until(() -> SERVICE.log().stream()
        .anyMatch(
            line -> line.path("message").asString("").contains("no answer within its deadline")));

    SERVICE.post("/chaos/payments?mode=up", "");
    await().atMost(RECOVERY).until(() -> payment(SERVICE.post("/orders", A_BOOK))
        .equals("charged"));
  }

  @Test
  void aDatabaseOutageTakesReadinessAwayWithinTheDetectionTargetAndBack() {
    SERVICE.post("/chaos/orders-db?mode=down", "");

    await()
        .atMost(RunningQuickstart.DETECTION)
        .until(() ->
            SERVICE.admin("/ready").status() == 503 && SERVICE.admin("/health").status() == 503);
    assertThat(check("orders-db")).isEqualTo("unhealthy");
    assertThat(SERVICE.post("/orders", A_BOOK).status()).isEqualTo(503);

    SERVICE.post("/chaos/orders-db?mode=up", "");
    await()
        .atMost(RECOVERY)
        .until(() ->
            SERVICE.admin("/ready").status() == 200 && SERVICE.admin("/health").status() == 200);
    await().atMost(RECOVERY).until(() -> SERVICE.post("/orders", A_BOOK).status() == 201);
  }

  private static void assertPending(Answered placed) {
    assertThat(placed.status()).isEqualTo(201);
    assertThat(payment(placed)).isEqualTo("pending");
  }

  private static String payment(Answered placed) {
    return placed.json().path("payment").asString();
  }

  private static String check(String name) {
    return SERVICE
        .admin("/health")
        .json()
        .path("checks")
        .path(name)
        .path("status")
        .asString();
  }

  private static boolean breakerIsOpen(String dependency) {
    return SERVICE
        .admin("/metrics")
        .body()
        .contains("nines_breaker_state{dependency=\"" + dependency + "\",state=\"open\"} 1");
  }
}
