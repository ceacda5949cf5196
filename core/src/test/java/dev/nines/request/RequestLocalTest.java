package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestLocalTest {

  private final TestRequests requests =
      new TestRequests(ReliabilityTargets.threeNines(), new ManualTime(), OpenTelemetry.noop());
  private final ConcurrentHashMap<Integer, Exchange> exchanges = new ConcurrentHashMap<>();

  @Test
  void eachRequestHasItsOwnAndEachKeyToo() {
    RequestLocal<String> name = new RequestLocal<>();
    RequestLocal<Integer> number = new RequestLocal<>();
    Exchange first = requests.begin("GET /a");
    Exchange second = requests.begin("GET /a");

    assertThat(name.get(first)).isNull();
    assertThat(name.getOrMake(first, () -> "first")).isEqualTo("first");
    assertThat(number.getOrMake(first, () -> 1)).isEqualTo(1);
    assertThat(name.getOrMake(first, () -> "again")).isEqualTo("first");
    assertThat(number.get(first)).isEqualTo(1);
    assertThat(name.get(second)).isNull();
  }

  @Test
  void threadsOfOneRequestMeetInOneValue() throws Exception {
    int threads = 4;
    RequestLocal<Object> local = new RequestLocal<>();
    AtomicInteger made = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier together = new CyclicBarrier(threads);
    Set<Object> seen = ConcurrentHashMap.newKeySet();
    for (int thread = 0; thread < threads; thread++) {
      pool.submit(() -> {
        for (int round = 0; round < 200; round++) {
          together.await();
          seen.add(local.getOrMake(shared(round), () -> "value " + made.incrementAndGet()));
        }
        return null;
      });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(made).hasValue(200);
    assertThat(seen).hasSize(200);
  }

  private Exchange shared(int round) {
    return exchanges.computeIfAbsent(round, any -> requests.begin("GET /a"));
  }
}
