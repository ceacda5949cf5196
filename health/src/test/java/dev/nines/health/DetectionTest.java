package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.health.FaultyService.Fault;
import dev.nines.testing.FairClock;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a fault to {@code /ready} answering 503, measured over HTTP: real things fail at random moments, in services side by
 * side.
 */
class DetectionTest {

  private static final System.Logger LOG = System.getLogger(DetectionTest.class.getName());
  private static final int SERVICES = 10;
  private static final int ROUNDS = 2;

  /** Longer than the interval of the checks, so that a fault meets every phase of it. */
  private static final int LATEST_MILLIS = 1_500;

  /**
   * @param after on a clock that stands still while the machine lets nobody run
   * @param told the longest detection so far, in seconds, as the service itself tells it
   * @param unhealthy the checks that failed
   */
  private record Found(
      Duration target, Fault fault, Duration after, double told, Set<String> unhealthy) {

    @Override
    public String toString() {
      return fault + " " + after.toMillis() + " ms";
    }
  }

  @TempDir
  Path directory;

  private final FairClock clock = FairClock.started();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Queue<Fault> deck = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService drivers = Executors.newFixedThreadPool(SERVICES + 1);
  private final ScheduledExecutorService faults = Executors.newScheduledThreadPool(4);
  private final List<FaultyService> services = new CopyOnWriteArrayList<>();
  private Postgres postgres;

  @BeforeEach
  void database() throws Exception {
    postgres = Postgres.startedIn(directory);
  }

  @AfterEach
  void close() throws Exception {
    List<Future<?>> closing = new ArrayList<>();
    for (FaultyService service : services) {
      closing.add(drivers.submit(() -> {
        service.close();
        return null;
      }));
    }
    for (Future<?> each : closing) {
      each.get();
    }
    drivers.shutdownNow();
    faults.shutdownNow();
    clock.close();
    postgres.close();
  }

  @Test
  void everyRandomFaultIsFoundWithinTheDetectionTarget() throws Exception {
    Duration quick = Duration.ofSeconds(5);
    Duration usual = Duration.ofSeconds(30);
    shuffle();
    List<Future<List<Found>>> running = new ArrayList<>();
    running.add(drive(usual, 1));
    for (int i = 0; i < SERVICES; i++) {
      running.add(drive(quick, ROUNDS));
    }
    List<Found> found = new ArrayList<>();
    for (Future<List<Found>> each : running) {
      found.addAll(each.get());
    }
    found.sort(Comparator.comparing(Found::target).thenComparing(Found::after));
    LOG.log(
        System.Logger.Level.INFO,
        "seed " + seed + ", lost " + clock.lost().toMillis() + " ms: " + found);

    assertThat(found).hasSize(SERVICES * ROUNDS + 1).allSatisfy(each -> {
      assertThat(each.after).as(each + ", seed " + seed).isLessThan(each.target);
      assertThat(each.unhealthy).as(each.toString()).isNotEmpty().isSubsetOf(each.fault.checks());
      assertThat(each.told)
          .as("what the service tells, whose own clock never stands still")
          .isBetween(0.1, each.target.plus(clock.lost()).toMillis() / 1e3);
    });
  }

  /** Each kind equally often, in any order; the last for the one at 30 s. */
  private void shuffle() {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i <= SERVICES * ROUNDS; i++) {
      faults.add(Fault.values()[i % Fault.values().length]);
    }
    Collections.shuffle(faults, random);
    deck.addAll(faults);
  }

  private Future<List<Found>> drive(Duration target, int rounds) {
    List<Fault> planned = new ArrayList<>();
    List<Integer> moments = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      planned.add(deck.remove());
      moments.add(random.nextInt(LATEST_MILLIS));
    }
    return drivers.submit(() -> {
      FaultyService service = new FaultyService(postgres, target, http);
      services.add(service);
      List<Found> found = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        await().atMost(Duration.ofSeconds(60)).until(() -> service.ready() == 200);
        Duration after = find(service, planned.get(i), moments.get(i), target);
        found.add(new Found(
            target, planned.get(i), after, service.longestDetection(), service.unhealthy()));
        service.mend();
      }
      return found;
    });
  }

  /** Breaks a service at a moment, and returns how long it took until it was seen. */
  private Duration find(FaultyService service, Fault fault, int moment, Duration target)
      throws Exception {
    long broken = faults
        .schedule(
            () -> {
              service.breakBy(fault);
              // Not before: a pool that must first replace dead connections lends its last after
              // seconds.
              return clock.nanos();
            },
            moment,
            TimeUnit.MILLISECONDS)
        .get();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        // Far beyond the target, so that a miss shows its size.
        .atMost(target.multipliedBy(6))
        .until(() -> service.ready() == 503);
    return clock.since(broken);
  }
}
