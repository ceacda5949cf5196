package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.endpoint.AdminTls;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.endpoint.RunningAdminServer;
import dev.nines.health.checks.TestKeys;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five minutes of everything at once, plain and over TLS: what it takes must not grow. Threads are counted under fire; the
 * heap between two volleys, when all connections are gone, since what is open weighs more than what could leak.
 */
@Tag("soak")
class AdminSoakTest {

  private static final Duration LENGTH = Duration.ofMinutes(5);
  private static final Duration VOLLEY = Duration.ofSeconds(10);
  private static final int MINUTE = 6;
  private static final int CLIENTS = 24;
  private static final long MEANINGFUL_BYTES = 50_000;
  private static final System.Logger LOG = System.getLogger(AdminSoakTest.class.getName());

  private static final List<String> NONSENSE = List.of(
      "nonsense\r\n\r\n",
      "GET //health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /health/../metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /%2e/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /health%0d%0aX:y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nX: a\0b\r\nConnection: close\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nX: a\rb\r\nConnection: close\r\n\r\n",
      "GET /health?" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /health?" + "check=x&".repeat(900) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /health?wait=9s&wait=x&since=" + "a".repeat(4_000)
          + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nAccept: " + "a/b;q=x,".repeat(900)
          + "\r\nConnection: close\r\n\r\n",
      "GET /health HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + "\"x\",".repeat(1_500)
          + "\r\nConnection: close\r\n\r\n",
      "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
      "GET /health/nobody HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

  @TempDir
  Path directory;

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder troubled = new LongAdder();
  private SSLContext trusting;
  private int plain;
  private int encrypted;

  @Test
  void fiveMinutesUnderFireTakeNoMoreInTheLastThanInTheFirst() throws Exception {
    TestKeys keys = TestKeys.make(directory.resolve("admin.p12"), "localhost", 0, 30);
    trusting = keys.context();
    // Else what clients keep of their sessions would grow, up to 20 MB.
    trusting.getClientSessionContext().setSessionCacheSize(1);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Nines nines = service();
        RunningAdminServer bare =
            AdminServer.onPort(0).start(nines.endpoints(), nines.events(), TimeSource.system());
        RunningAdminServer tls = AdminServer.onPort(0)
            .tls(AdminTls.pkcs12(keys.file(), TestKeys.PASSWORD))
            .start(nines.endpoints(), nines.events(), TimeSource.system())) {
      plain = bare.port();
      encrypted = tls.port();
      nines.events().listen(events::add);
      long end = System.nanoTime() + LENGTH.toNanos();
      List<Long> heap = new ArrayList<>();
      List<Integer> threads = new ArrayList<>();
      while (System.nanoTime() < end) {
        threads.add(volley(clients, heap.size()));
        // Whom nobody misses is cut by its limits, 10 s at most.
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> bare.connections() + tls.connections() == 0);
        heap.add(settledHeap());
      }
      LOG.log(
          System.Logger.Level.INFO,
          "answered " + answered + ", troubled " + troubled + ", heap " + heap + ", threads "
              + threads);
      // A leak lifts the floor as well; above it lie one or two of the large answers.
      long[] heaps = heap.stream().mapToLong(Long::longValue).toArray();
      assertGrownAtMost5Percent(heaps, LongStream::min);
      assertGrownAtMost5Percent(heaps, LongStream::max);
      assertGrownAtMost5Percent(
          threads.stream().mapToLong(Integer::longValue).toArray(), LongStream::max);
      assertThat(answered.sum()).isGreaterThan(10_000);
      assertThat(troubled.sum()).isZero();
      assertThat(events)
          .extracting(Event::type)
          .doesNotContain("endpoint_failed", "admin_trouble", "admin_reopened");
    } finally {
      clients.shutdownNow();
    }
  }

  /** Fires until its time is over, and returns how many threads there were then. */
  private int volley(ExecutorService clients, int number) throws Exception {
    long end = System.nanoTime() + VOLLEY.toNanos();
    List<Future<?>> abuse = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(number * CLIENTS + i);
      abuse.add(clients.submit(() -> abuse(random, end)));
    }
    LockSupport.parkNanos(VOLLEY.minusSeconds(1).toNanos());
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    for (Future<?> one : abuse) {
      one.get(1, TimeUnit.MINUTES);
    }
    return threads;
  }

  /** What stays after as many collections as free anything: what a cleaner or a queue still holds goes with the second or third. */
  private static long settledHeap() {
    long least = Long.MAX_VALUE;
    int idle = 0;
    while (idle < 3) {
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      idle = used < least - MEANINGFUL_BYTES ? 0 : idle + 1;
      least = Math.min(least, used);
    }
    return least;
  }

  /** What stands for the last minute against what stands for the first. */
  private static void assertGrownAtMost5Percent(
      long[] samples, Function<LongStream, OptionalLong> standing) {
    long first = standing.apply(Arrays.stream(samples, 0, MINUTE)).orElseThrow();
    long last = standing
        .apply(Arrays.stream(samples, samples.length - MINUTE, samples.length))
        .orElseThrow();
    assertThat((double) last).as(Arrays.toString(samples)).isLessThanOrEqualTo(1.05 * first);
  }

  private Nines service() {
    byte[] large = new byte[1 << 20];
    return Nines.builder("checkout")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder().detection(Duration.ofSeconds(5)).build())
        .dependency(Dependency.optional("payments", run -> CheckResult.healthy()))
        .install(HealthEndpoints.standard().withoutSaturation().group("money", "payments"))
        .install(new LargeEndpoint(large))
        .start();
  }

  private Void abuse(Random random, long end) throws Exception {
    List<RawHttp> dawdling = new ArrayList<>();
    while (System.nanoTime() < end) {
      try {
        one(random, dawdling);
      } catch (java.net.SocketTimeoutException unanswered) {
        troubled.increment();
      } catch (IOException cut) {
        // The connections of those who dawdle are cut, as they must be.
        answered.add(0);
      }
      while (dawdling.size() > 15) {
        dawdling.remove(0).close();
      }
    }
    for (RawHttp one : dawdling) {
      one.close();
    }
    return null;
  }

  private void one(Random random, List<RawHttp> dawdling) throws Exception {
    boolean tls = random.nextInt(4) == 0;
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> probe(tls);
      case 3 -> nonsense(tls, NONSENSE.get(random.nextInt(NONSENSE.size())));
      case 4 -> dawdling.add(connect(tls).say("GET /health HT"));
      case 5 -> dawdling.add(connect(tls).say("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
      case 6 -> dawdling.add(connect(tls).say("GET /health?wait=3s HTTP/1.1\r\nHost: a\r\n\r\n"));
      default ->
        dawdling.add(
            new RawHttp(encrypted, null).say("\u0016\u0003\u0001\u0002\u0000\u0001\u0000"));
    }
  }

  private void probe(boolean tls) throws Exception {
    try (RawHttp client = connect(tls)) {
      for (String path : List.of("/health", "/ready", "/live", "/health/money")) {
        if (client.get(path).startsWith("HTTP/1.1 200")) {
          answered.increment();
        } else {
          troubled.increment();
        }
      }
    }
  }

  private void nonsense(boolean tls, String said) throws Exception {
    try (RawHttp client = connect(tls)) {
      if (client.say(said).rest().contains("Exception")) {
        troubled.increment();
      }
    }
  }

  private RawHttp connect(boolean tls) throws Exception {
    return tls ? new RawHttp(encrypted, trusting) : new RawHttp(plain, null);
  }

  /** Answers with much, for those who don't read. */
  private record LargeEndpoint(byte[] bytes) implements Feature {

    @Override
    public String name() {
      return "large";
    }

    @Override
    public void install(FeatureContext context) {
      context.endpoint(new Endpoint() {
        @Override
        public String path() {
          return "/large";
        }

        @Override
        public EndpointResponse handle(EndpointRequest request) {
          return new EndpointResponse(200, "application/octet-stream", bytes, Map.of());
        }
      });
    }
  }
}
