package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.request.HttpMethod;
import dev.nines.request.RouteTable;
import dev.nines.targets.ReliabilityTargets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  private final RouteTable table = new RouteTable(ReliabilityTargets.threeNines());
  private final RouteMatcher matcher = new RouteMatcher(
      Routes.of(
          "GET /",
          "GET /orders",
          "POST /orders",
          "GET /orders/{id}",
          "DELETE /orders/{orderId}",
          "GET /orders/new",
          "GET /orders/{id}/lines/{line}",
          "GET /orders/new/{draft}",
          "GET /files/**",
          "GET /slash/"),
      table);

  @ParameterizedTest
  @CsvSource({
    "GET, /, /",
    "GET, /orders, /orders",
    "POST, /orders, /orders",
    "PUT, /orders, /orders",
    "GET, /orders/, _OTHER",
    "GET, /ordersfoo, _OTHER",
    "GET, /order, _OTHER",
    "GET, /orders/7, /orders/{id}",
    "HEAD, /orders/7, /orders/{id}",
    "DELETE, /orders/7, /orders/{orderId}",
    "DELETE, /orders/new, /orders/{orderId}",
    "GET, /orders/new, /orders/new",
    "GET, /orders/7/lines/1, /orders/{id}/lines/{line}",
    "GET, /orders/new/lines/1, /orders/{id}/lines/{line}",
    "GET, /orders/new/lines, /orders/new/{draft}",
    "GET, /orders/7/lines, _OTHER",
    "GET, /orders/7/lines/1/x, _OTHER",
    "GET, /files, /files/**",
    "GET, /files/, /files/**",
    "GET, /files/a/b, /files/**",
    "GET, /filesystem, _OTHER",
    "GET, /slash/, /slash/",
    "GET, /slash, _OTHER",
    "BREW, /orders/7, /orders/{id}",
    "GET, orders, _OTHER",
    "GET, , _OTHER"
  })
  void aPathHasTheNameOfTheTemplateThatFitsBest(
      String method, @Nullable String path, String template) {
    assertThat(matcher.match(HttpMethod.of(method), path).template()).isEqualTo(template);
  }

  @Test
  void manySiblingsAreToldApart() {
    String[] routes = IntStream.range(0, 500).mapToObj(i -> "GET /r" + i).toArray(String[]::new);
    RouteMatcher many = new RouteMatcher(Routes.of(routes), table);

    for (int i = 0; i < 500; i++) {
      assertThat(many.match(HttpMethod.GET, "/r" + i).template()).isEqualTo("/r" + i);
    }
    assertThat(many.match(HttpMethod.GET, "/r500").template()).isEqualTo("_OTHER");
  }

  @Test
  void requestsOfARouteThatFoundNoRoomAreCountedEach() {
    for (int i = 0; i < RouteTable.CAPACITY; i++) {
      table.declare("/filler/" + i);
    }
    RouteMatcher late = new RouteMatcher(Routes.of("GET /late"), table);

    assertThat(late.match(HttpMethod.GET, "/late")).isSameAs(table.other());
    assertThat(late.match(HttpMethod.GET, "/late")).isSameAs(table.other());
    assertThat(table.folded()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orders | route: \"/orders\" (expected: a method and a template, such as \"GET /orders/{id}\")",
        "GET orders | route: \"GET orders\" (expected: a method and a template, such as",
        "FETCH /orders | route: \"FETCH /orders\" (expected: one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS,",
        "GET /orders/{id | route: \"GET /orders/{id\" (expected: segments that are literal text, one {name} as",
        "GET /orders/{} | route: \"GET /orders/{}\" (expected: segments",
        "GET /orders/x{id} | route: \"GET /orders/x{id}\" (expected: segments",
        "GET /**/x | route: \"GET /**/x\" (expected: segments",
        "GET /a//b | route: \"GET /a//b\" (expected: no empty segments)",
        "GET /a b | route: \"GET /a b\" (expected: segments",
        "GET /a?x=1 | route: \"GET /a?x=1\" (expected: segments"
      })
  void aMalformedRouteIsRefused(String route, String message) {
    assertThatThrownBy(() -> Routes.of(route))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void twoRoutesForTheSameRequestsAreRefused() {
    assertThatThrownBy(() -> Routes.of("GET /orders/{id}", "GET /orders/{orderId}"))
        .hasMessage(
            "route: \"GET /orders/{orderId}\" (expected: a route that differs from \"GET /orders/{id}\" by more"
                + " than names)");
  }
}
