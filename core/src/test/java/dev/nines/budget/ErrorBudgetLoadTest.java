package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nines.derive.Settings;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ErrorBudgetLoadTest {

  private final ReliabilityTargets targets = ReliabilityTargets.threeNines();
  private final ManualTime time = new ManualTime();
  private final ErrorBudget budget = new ErrorBudget(Settings.derive(targets), time);
  private final TestRequests requests = new TestRequests(targets, time, OpenTelemetry.noop());

  @Test
  void tenMillionRequestsOf64ThreadsAreCountedExactlyWhileTimePassesAndOthersRead()
      throws Exception {
    int threads = 64;
    int each = 156_250;
    List<Exchange> ended = List.of(succeeded(), failed(), aborted(), missed());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(pool.submit(() -> count(ended, each)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(sumOfExchanges()).isEqualTo((long) threads * each);
    long perKind = (long) threads * each / 4;
    assertThat(budget.exchanges(Outcome.CLIENT_ABORT))
        .isCloseTo(perKind, org.assertj.core.data.Offset.offset(64L));
    assertThat(budget.good("errors", "default") + budget.bad("errors", "default"))
        .isEqualTo(sumOfExchanges() - budget.exchanges(Outcome.CLIENT_ABORT));
    assertThat(budget.bad("errors", "default")).isEqualTo(budget.exchanges(Outcome.SERVER_ERROR));
    assertThat(budget.good("latency_p99", "default")).isEqualTo(budget.good("errors", "default"));
  }

  @Test
  void countingARequestAllocatesNothing() {
    Exchange exchange = succeeded();
    for (int i = 0; i < 20_000; i++) {
      budget.ended(exchange);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 100_000;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      budget.ended(exchange);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat((double) bytes / calls).as("bytes per request").isLessThan(0.5);
  }

  private void count(List<Exchange> ended, int times) {
    for (int i = 0; i < times; i++) {
      budget.ended(ended.get(i % ended.size()));
      if (i % 10_000 == 0) {
        time.advance(Duration.ofSeconds(7));
        assertThat(budget.burnRate("errors", "default", Duration.ofMinutes(5)))
            .isBetween(0.0, 1000.0);
      }
    }
  }

  private long sumOfExchanges() {
    long sum = 0;
    for (Outcome outcome : Outcome.values()) {
      sum += budget.exchanges(outcome);
    }
    return sum;
  }

  private Exchange succeeded() {
    Exchange exchange = requests.begin("GET /");
    exchange.end(200);
    return exchange;
  }

  private Exchange missed() {
    Exchange exchange = requests.begin("GET /");
    exchange.end(404);
    return exchange;
  }

  private Exchange failed() {
    Exchange exchange = requests.begin("GET /");
    exchange.fail(500, new IllegalStateException());
    return exchange;
  }

  private Exchange aborted() {
    Exchange exchange = requests.begin("GET /");
    exchange.abort(0, null);
    return exchange;
  }
}
