package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopTenantsTest {

  private final ManualTime time = new ManualTime();
  private final List<String> opened = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final Count other = new Count("_OTHER");
  private boolean room = true;
  private final TopTenants<Count> top = new TopTenants<>(
      2,
      time.nanos(),
      other,
      tenant -> {
        if (!room) {
          return null;
        }
        opened.add(tenant);
        return new Count(tenant);
      },
      count -> closed.add(count.tenant));

  private record Count(String tenant, AtomicLong value) {
    Count(String tenant) {
      this(tenant, new AtomicLong());
    }
  }

  @Test
  void aTenantGetsAFreePlaceOnceThereIsEvidence() {
    come("acme", 20);
    assertThat(opened).containsExactly("acme");
    assertThat(other.value).hasValue(20);

    come("acme", 5);
    assertThat(of("acme").value).hasValue(5);
    assertThat(other.value).hasValue(20);
  }

  @Test
  void whatIsNoTenantIsOther() {
    assertThat(of(null)).isSameAs(other);
    assertThat(of("_OTHER")).isSameAs(other);
    come("_OTHER", 100);
    assertThat(opened).isEmpty();
  }

  @Test
  void requestsThatTheServiceRefusedEarnNoPlace() {
    for (int i = 0; i < 1_000; i++) {
      top.of("forged", false, time.nanos());
    }

    assertThat(opened).isEmpty();
  }

  @Test
  void aPlaceIsKeptUntilAnotherIsClearlyBusier() {
    come("acme", 120);
    come("zoo", 120);
    come("new", 200);
    pass(Duration.ofMinutes(1));
    assertThat(of("new")).as("not twice as busy").isSameAs(other);

    come("new", 200);
    come("zoo", 10);
    pass(Duration.ofMinutes(1));
    assertThat(of("new").tenant).isEqualTo("new");
    assertThat(of("acme")).as("the least busy").isSameAs(other);
    assertThat(of("zoo").tenant).isEqualTo("zoo");
    assertThat(closed).isEmpty();
  }

  @Test
  void whoIsBusyAgainGoesOnWhereItStood() {
    Count acme = displaced();
    long stood = acme.value.get();
    come("acme", 3_000);
    pass(Duration.ofMinutes(1));

    assertThat(of("acme")).isSameAs(acme);
    come("acme", 1);
    assertThat(acme.value).hasValue(stood + 1);
  }

  @Test
  void aSeriesThatStandsStillEndsAfterAnHour() {
    displaced();
    pass(Duration.ofMinutes(59));
    assertThat(closed).isEmpty();
    pass(Duration.ofMinutes(1));

    assertThat(closed).containsExactly("acme");
  }

  @Test
  void atMostTwiceAsManyHaveSeriesAsHavePlaces() {
    for (int i = 0; i < 50; i++) {
      come("tenant-" + i, 100 << Math.min(i, 12));
      pass(Duration.ofMinutes(1));
    }

    assertThat(opened.size() - closed.size()).isEqualTo(4);
  }

  @Test
  void aFloodOfForgedIdsTakesNoPlaceAndTheBusyOnesGetTheirs() {
    for (int i = 0; i < 1_000_000; i++) {
      top.of("forged-" + i, true, time.nanos());
      if (i % 20 == 0) {
        top.of("acme", true, time.nanos());
      }
    }

    assertThat(opened).containsExactly("acme");
  }

  @Test
  void withoutRoomATenantStaysOther() {
    room = false;
    come("acme", 100);
    assertThat(of("acme")).isSameAs(other);

    room = true;
    come("acme", 20);
    assertThat(of("acme").tenant).isEqualTo("acme");
  }

  @Test
  void manyThreadsGetTheSameSeriesAndLoseNothing() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      tasks.add(() -> {
        for (int i = 0; i < 20_000; i++) {
          come(i % 2 == 0 ? "acme" : "forged-" + i, 1);
        }
        return null;
      });
    }
    try {
      for (var done : pool.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(opened).contains("acme").doesNotHaveDuplicates();
    assertThat(of("acme").value.get()).isGreaterThan(100_000);
    long sum = other.value.get() + of("acme").value.get();
    assertThat(sum).isLessThanOrEqualTo(320_000);
  }

  /** Lets acme lose its place, and returns its count. */
  private Count displaced() {
    come("acme", 100);
    Count acme = of("acme");
    come("zoo", 500);
    come("new", 500);
    pass(Duration.ofMinutes(1));
    assertThat(of("acme")).isSameAs(other);
    return acme;
  }

  private void come(String tenant, int times) {
    for (int i = 0; i < times; i++) {
      of(tenant).value.incrementAndGet();
    }
  }

  private Count of(String tenant) {
    return top.of(tenant, true, time.nanos());
  }

  /** Places are looked at when somebody without one comes. */
  private void pass(Duration duration) {
    time.advance(duration);
    top.of("nobody", true, time.nanos());
  }
}
