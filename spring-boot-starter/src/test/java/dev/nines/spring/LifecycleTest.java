package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Nines;
import dev.nines.lifecycle.Lifecycle;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class LifecycleTest {

  /** Notes in which order things happen. */
  @Configuration(proxyBeanMethods = false)
  static class Noted {

    private final List<String> steps = new CopyOnWriteArrayList<>();

    List<String> steps() {
      return steps;
    }

    @Bean
    ApplicationRunner runner(Nines nines) {
      return arguments -> steps.add("runner while " + nines.lifecycle().state());
    }

    @Bean
    NinesBuilderCustomizer lifecycleNoted() {
      return builder -> builder.closing("pool", () -> steps.add("closing"));
    }

    @Bean
    DisposableBean lastBean(Nines nines) {
      nines.lifecycle().onChange(state -> steps.add(state.name()));
      return () -> steps.add("bean destroyed");
    }
  }

  @RestController
  static class Held {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @GetMapping("/held")
    String held() throws InterruptedException {
      entered.countDown();
      released.await();
      return "held and served";
    }
  }

  @Test
  void itIsReadyAfterTheRunnersAndItsRestIsClosedAfterTheBeansThatUseIt() {
    RunningService service = RunningService.start(List.of(SampleService.class, Noted.class));
    List<String> steps = service.context().getBean(Noted.class).steps();
    assertThat(steps).containsExactly("runner while STARTING", "READY");
    assertThat(service.nines().lifecycle().ready()).isTrue();
    service.close();
    assertThat(steps)
        .containsExactly(
            "runner while STARTING", "READY", "DRAINING", "bean destroyed", "closing", "STOPPED");
  }

  @Test
  void aRequestUnderWayIsServedWhileTheContextCloses() throws Exception {
    RunningService service = RunningService.start(List.of(SampleService.class, Held.class));
    Held held = service.context().getBean(Held.class);
    Nines nines = service.nines();
    CompletableFuture<HttpResponse<String>> answer = async(() -> service.get("/held"));
    held.entered.await();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
    await().until(() -> !nines.lifecycle().accepting());
    assertThat(nines.lifecycle().ready()).isFalse();
    assertThat(service.get("/hello").statusCode())
        .as("the web server still answers, with a refusal")
        .isEqualTo(503);
    assertThat(service.get("/ready").statusCode()).isEqualTo(503);
    assertThat(service.get("/live").statusCode()).isEqualTo(200);
    held.released.countDown();

    assertThat(answer.join().body()).isEqualTo("held and served");
    closing.join();
    assertThat(nines.lifecycle().state()).isEqualTo(Lifecycle.State.STOPPED);
  }

  @Test
  void theApplicationsOwnWordTakesReadinessAndLivenessAway() throws Exception {
    try (RunningService service = RunningService.start(
        List.of(SampleService.class), "--nines.targets.recovery.detection=6s")) {
      AvailabilityChangeEvent.publish(service.context(), ReadinessState.REFUSING_TRAFFIC);
      assertThat(service.get("/ready").statusCode()).isEqualTo(503);
      assertThat(service.get("/live").statusCode()).isEqualTo(200);
      AvailabilityChangeEvent.publish(service.context(), ReadinessState.ACCEPTING_TRAFFIC);
      assertThat(service.get("/ready").statusCode()).isEqualTo(200);
      AvailabilityChangeEvent.publish(service.context(), LivenessState.BROKEN);
      await().until(() -> service.get("/live").statusCode() == 503);
    }
  }

  private static <T> CompletableFuture<T> async(java.util.concurrent.Callable<T> body) {
    CompletableFuture<T> future = new CompletableFuture<>();
    new Thread(() -> {
          try {
            future.complete(body.call());
          } catch (Exception e) {
            future.completeExceptionally(e);
          }
        })
        .start();
    return future;
  }
}
