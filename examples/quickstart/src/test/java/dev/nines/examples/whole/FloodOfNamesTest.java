package dev.nines.examples.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloodOfNamesTest {

  private static final int PATHS = 10_000;
  private static final int METHODS = 5_000;
  private static final int IDS = 2_000;

  @Test
  void namesThatClientsInventMakeNearlyNoSeries() throws Exception {
    try (Service service = Service.start(Service.targets().build())) {
      service.get(service.app("/hello"));
      long before = series(service);
      flood(service, PATHS, i -> request(service, "/invented/" + i + "/path").build());
      flood(service, METHODS, i -> request(service, "/hello")
          .method("ODD" + i, BodyPublishers.noBody())
          .build());
      flood(service, IDS, i -> request(service, "/orders/" + Long.toHexString(i * 7919L))
          .build());
      flood(service, IDS, i -> request(service, "/hello")
          .header("traceparent", "00-forged-" + i)
          .build());
      await().untilAsserted(() -> assertThat(counted(service))
          .isEqualTo(PATHS + METHODS + 2L * IDS + 1));
      assertThat(series(service) - before).isLessThan(20);
      assertThat(service.metrics()).doesNotContain("invented", "ODD", "forged");
    }
  }

  private static HttpRequest.Builder request(Service service, String path) {
    return HttpRequest.newBuilder(service.app(path));
  }

  private static void flood(Service service, int count, IntFunction<HttpRequest> request)
      throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    IntStream.range(0, count).forEach(i -> clients.execute(() -> service.send(request.apply(i))));
    clients.shutdown();
    assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
  }

  /** Without buckets: a status that a busy machine brings about has 25 of them, and no name that anybody invented. */
  private static long series(Service service) {
    return service
        .metrics()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("_bucket{"))
        .count();
  }

  private static long counted(Service service) {
    return service
        .metrics()
        .lines()
        .filter(line -> line.startsWith("http_server_request_duration_seconds_count"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
