package dev.nines.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.benchmarks.Bytes;
import dev.nines.benchmarks.Promises;
import dev.nines.dependency.Body;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.health.HealthEndpoints;
import dev.nines.metrics.GoldenSignals;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.Route;
import io.opentelemetry.context.Scope;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a request allocates must not grow with what the service declares. */
class GrowthBytesTest {

  private static final long MOST = 130;
  private static final Body<String, RuntimeException> BODY = () -> "answer";

  @Test
  void aRequestAllocatesTheSameWhateverIsDeclaredAndInstalled() throws Exception {
    assertThat(bytes(1, 1, false)).as("one route, one dependency, no feature").isBetween(1L, MOST);
    assertThat(bytes(1, 1, true)).as("with metrics and health").isBetween(1L, MOST);
    assertThat(bytes(999, 1, true)).as("999 routes").isBetween(1L, MOST);
    assertThat(bytes(1, 200, true)).as("200 dependencies").isBetween(1L, MOST);
  }

  private static long bytes(int routeCount, int dependencies, boolean features) throws Exception {
    NinesBuilder builder =
        Nines.builder("growth").targets(Promises.closingAtOnce()).withoutShutdownHook();
    if (features) {
      builder.install(GoldenSignals.prometheus()).install(HealthEndpoints.standard());
    }
    for (int i = 0; i < dependencies; i++) {
      builder.dependency(Dependency.optional("dependency-" + i));
    }
    try (Nines nines = builder.start()) {
      Requests requests = nines.http().requests();
      Route[] routes = IntStream.range(0, routeCount)
          .mapToObj(i -> requests.routes().route("/resource" + i + "/{id}"))
          .toArray(Route[]::new);
      Guard[] guards = IntStream.range(0, dependencies)
          .mapToObj(i -> nines.guard("dependency-" + i))
          .toArray(Guard[]::new);
      int[] turn = {0};
      return Bytes.of(
          () -> {
            int i = turn[0]++;
            serve(requests, routes[i % routes.length], guards[i % guards.length]);
          },
          MOST);
    }
  }

  private static void serve(Requests requests, Route route, Guard guard) {
    Exchange exchange = requests.begin(HttpMethod.GET, route, "", NoHeaders.GETTER);
    try (Scope current = exchange.context().makeCurrent()) {
      exchange.end(guard.call(BODY).isEmpty() ? 500 : 200);
    }
  }
}
