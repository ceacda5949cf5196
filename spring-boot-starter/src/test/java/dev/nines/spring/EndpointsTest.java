package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

class EndpointsTest {

  private static final String TOKEN = "0123456789abcdef";

  @RestController
  static class OwnHealth {
    @GetMapping("/health")
    String health() {
      return "mine";
    }
  }

  @RestController
  static class AnyPage {
    @GetMapping("/{page}")
    String page(@PathVariable("page") String page) {
      return "page " + page;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HealthServlet {
    @Bean
    ServletRegistrationBean<jakarta.servlet.http.HttpServlet> healthServlet() {
      return new ServletRegistrationBean<>(new jakarta.servlet.http.HttpServlet() {}, "/health");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HealthUrl {
    @Bean
    SimpleUrlHandlerMapping healthUrl() {
      HttpRequestHandler handler = (request, response) -> response.setStatus(204);
      return new SimpleUrlHandlerMapping(Map.of("/health", handler));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HealthRoute {
    @Bean
    RouterFunction<ServerResponse> healthRoute() {
      return RouterFunctions.route()
          .GET("/health", request -> ServerResponse.ok().build())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NestedHealthRoute {
    @Bean
    RouterFunction<ServerResponse> healthRoute() {
      return RouterFunctions.route()
          .path("/live", live -> live.GET("", request -> ServerResponse.ok().build()))
          .build();
    }
  }

  @Test
  void theApplicationsPortServesThemWithoutAnotherWord() throws Exception {
    try (RunningService service = RunningService.start(List.of(SampleService.class))) {
      HttpResponse<String> health = service.get("/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(health.headers().firstValue("Cache-Control")).contains("no-cache");
      assertThat(health.body()).startsWith("{\"status\":\"healthy\",\"service\":\"application\"");
      assertThat(service.send(service.port(), "HEAD", "/health").body()).isEmpty();
      assertThat(service.send(service.port(), "DELETE", "/health").statusCode()).isEqualTo(405);
      assertThat(service.get("/health?check=nope").statusCode()).isEqualTo(404);
      assertThat(service.get("/health/").statusCode()).isEqualTo(404);
      assertThat(service.nines().adminPort()).isEmpty();
    }
  }

  @Test
  void aTokenOpensDetailsAndChanges() throws Exception {
    try (RunningService service =
        RunningService.start(List.of(SampleService.class), "--nines.admin.token=" + TOKEN)) {
      String change = "/loggers?logger=sample&level=debug&for=1m";
      assertThat(service.send(service.port(), "POST", change).statusCode()).isEqualTo(401);
      assertThat(service.get("/health").body()).doesNotContain("since");
      String bearer = "Bearer " + TOKEN;
      assertThat(service.get("/health", "Authorization", bearer).body()).contains("since");
      assertThat(service
              .send(service.port(), "POST", change, "Authorization", bearer)
              .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aPortOfTheirOwnServesThemAndLeavesTheApplicationItsPaths() throws Exception {
    try (RunningService service = RunningService.start(
        List.of(SampleService.class, OwnHealth.class),
        "--nines.admin.port=0",
        "--nines.admin.address=127.0.0.1")) {
      int admin = service.nines().adminPort().orElseThrow();
      assertThat(service.get("/health").body()).isEqualTo("mine");
      assertThat(service.send(admin, "GET", "/health").body()).contains("\"status\":\"healthy\"");
      assertThat(service.get("/ready").statusCode()).isEqualTo(404);
      assertThat(service.send(admin, "GET", "/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theManagementPortIsTakenWhereNoOtherIsSaid() throws Exception {
    int free = freePort();
    try (RunningService service =
        RunningService.start(List.of(SampleService.class), "--management.server.port=" + free)) {
      assertThat(service.nines().adminPort()).hasValue(free);
      assertThat(service.get("/health").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aManagementPortBelowZeroMeansNowhere() throws Exception {
    try (RunningService service =
        RunningService.start(List.of(SampleService.class), "--management.server.port=-1")) {
      assertThat(service.nines().adminPort()).isEmpty();
      assertThat(service.get("/health").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theApplicationsOwnPortIsNoPortOfTheirOwn() throws Exception {
    int free = freePort();
    try (RunningService service = RunningService.start(
        List.of(SampleService.class), "--server.port=" + free, "--nines.admin.port=" + free)) {
      assertThat(service.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aServiceWithoutAWebServerHasThemOnTheAdminPort() throws Exception {
    try (RunningService service =
        RunningService.withoutWeb(List.of(SampleService.class), "--nines.admin.port=0")) {
      int admin = service.nines().adminPort().orElseThrow();
      assertThat(service.send(admin, "GET", "/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPatternThatWouldTakeThemTooGivesWay() throws Exception {
    try (RunningService service =
        RunningService.start(List.of(SampleService.class, AnyPage.class))) {
      assertThat(service.get("/ready").body()).contains("\"status\":\"healthy\"");
      assertThat(service.get("/imprint").body()).isEqualTo("page imprint");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OwnHealth.class,
        HealthServlet.class,
        HealthUrl.class,
        HealthRoute.class,
        NestedHealthRoute.class
      })
  void aPathOfTheApplicationsOwnEndsTheStart(Class<?> clashing) {
    assertThatThrownBy(
            () -> RunningService.start(List.of(SampleService.class, clashing)).close())
        .isInstanceOf(NinesStartException.class)
        .message()
        .containsPattern("endpoint /(health|live): also served by ")
        .contains("nines.admin.port");
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
