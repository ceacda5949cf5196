package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** SIGTERM while requests are open, as a platform sends it that stops sending traffic to what isn't ready. */
class StopTest {

  private final RunningQuickstart service = RunningQuickstart.withQuickerTargets();

  @Test
  void noRequestFailsWhenTheServiceStops() throws Exception {
    service.beforeAll(null);
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Integer>> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slow.add(CompletableFuture.supplyAsync(() -> service.get("/slow?ms=3000").status(), clients));
      slow.add(CompletableFuture.supplyAsync(this::orderUntilUnready, clients));
    }
    await().until(() -> service.log().stream()
        .anyMatch(line -> line.toString().contains("Charged order")));

    service.terminate();

    assertThat(slow).allSatisfy(request -> assertThat(request.get()).isLessThan(300));
    assertThat(service.exitCode()).isEqualTo(128 + 15);
    clients.shutdown();
  }

  /** Orders until the service isn't ready, and once more, as balancers do that haven't heard; returns the worst status. */
  private int orderUntilUnready() {
    int worst = 0;
    boolean ready = true;
    while (ready) {
      ready = service.admin("/ready").status() == 200;
      worst = Math.max(
          worst, service.post("/orders", "{\"item\":\"book\",\"cents\":1999}").status());
    }
    return worst;
  }
}
