package dev.nines.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The service with the database of its sandbox: broken on demand, and stopped by SIGTERM while requests are open. */
class SandboxTest {

  private RunningOrders service;

  @Test
  void chaosBreaksTheDatabaseAndNoRequestFailsWhenTheServiceStops() throws Exception {
    service = RunningOrders.start(Map.of());
    service.post("/chaos/orders-db?mode=down", "");
    await().atMost(RunningOrders.PATIENCE).until(() -> service.order().statusCode() == 503);
    service.post("/chaos/orders-db?mode=up", "");
    await().atMost(RunningOrders.PATIENCE).until(() -> service.order().statusCode() == 201);
    await().atMost(RunningOrders.PATIENCE).until(() -> service.admin("/ready").statusCode() == 200);

    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Integer>> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(CompletableFuture.supplyAsync(this::slow, clients));
      open.add(CompletableFuture.supplyAsync(this::orderUntilUnready, clients));
    }
    await().until(() -> service.admin("/metrics").body().contains("http_server_active_requests"));
    service.terminate();

    assertThat(open).allSatisfy(request -> assertThat(request.get()).isLessThan(300));
    assertThat(service.exitCode()).isEqualTo(128 + 15);
    assertThat(service.log())
        .anyMatch(line -> line.path("event_type").asString("").equals("lifecycle_stopped"));
    clients.shutdown();
  }

  private int slow() {
    try {
      return service.get("/slow?ms=3000").statusCode();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Orders until the service isn't ready, and once more, as balancers do that haven't heard; returns the worst status. */
  private int orderUntilUnready() {
    try {
      int worst = 0;
      boolean ready = true;
      while (ready) {
        ready = service.admin("/ready").statusCode() == 200;
        worst = Math.max(worst, service.order().statusCode());
      }
      return worst;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
