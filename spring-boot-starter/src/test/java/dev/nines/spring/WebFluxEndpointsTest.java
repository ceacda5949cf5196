package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.request.Outcome;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Where a reactive service serves health and metrics, and how it starts and stops. */
class WebFluxEndpointsTest {

  @RestController
  static class Own {
    @GetMapping("/health")
    String health() {
      return "mine";
    }
  }

  @RestController
  static class Pages {
    @GetMapping("/{page}")
    String page() {
      return "a page";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFunction {
    @Bean
    RouterFunction<ServerResponse> own() {
      return RouterFunctions.route()
          .path(
              "/metrics",
              nested -> nested.GET("", request -> ServerResponse.ok().build()))
          .build();
    }
  }

  @Test
  void anExactPathOfTheApplicationsOwnEndsTheStart() {
    assertThatThrownBy(() -> RunningService.start(List.of(WebFluxService.class, Own.class)))
        .hasStackTraceContaining("endpoint /health: also served by ")
        .hasStackTraceContaining("expected: a path of its own");
    assertThatThrownBy(() -> RunningService.start(List.of(WebFluxService.class, OwnFunction.class)))
        .hasStackTraceContaining("endpoint /metrics: also served by a router function");
  }

  @Test
  void theyGoBeforeAPatternAndAnswerAsOnAPortOfTheirOwn() throws Exception {
    try (RunningService service = RunningService.start(
        List.of(WebFluxService.class, Pages.class), "--nines.admin.token=0123456789abcdef")) {
      HttpResponse<String> health = service.get("/health");
      assertThat(health.body()).contains("\"status\":\"healthy\"").doesNotContain("details");
      assertThat(health.headers().firstValue("Content-Type")).hasValue("application/json");
      String tag = health.headers().firstValue("ETag").orElseThrow();
      assertThat(service.get("/health", "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(service.get("/anything").body()).isEqualTo("a page");
    }
  }

  @Test
  void anAdminPortServesThemInPlaceOfTheApplications() throws Exception {
    try (RunningService service =
        RunningService.start(List.of(WebFluxService.class), "--nines.admin.port=0")) {
      int admin = service.nines().adminPort().orElseThrow();
      assertThat(service.send(admin, "GET", "/ready").statusCode()).isEqualTo(200);
      assertThat(service.get("/ready").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aServiceThatIsDrainedRefuses() throws Exception {
    try (RunningService service = RunningService.start(List.of(WebFluxService.class))) {
      EndedRequests ended = service.context().getBean(EndedRequests.class);
      assertThat(service.get("/ready").statusCode()).isEqualTo(200);
      service.nines().drain();
      assertThat(service.get("/ready").statusCode()).isEqualTo(503);
      HttpResponse<String> refused = service.get("/hello");
      assertThat(refused.statusCode()).isEqualTo(503);
      await().until(() -> !ended.all().isEmpty());
      assertThat(ended.all().get(0).outcome()).isEqualTo(Outcome.REJECTED);
    }
  }
}
