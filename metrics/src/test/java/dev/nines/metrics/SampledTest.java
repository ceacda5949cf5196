package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampledTest {

  private static final Duration OFTEN = Duration.ofMillis(1);

  private final ManualTime time = new ManualTime();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final EventBus bus = new EventBus();
  private Sampled<Double> sampled = sampled(() -> 0.5);

  @BeforeEach
  void listen() {
    bus.render(events::add);
  }

  @AfterEach
  void close() {
    sampled.close();
  }

  @Test
  void beforeTheFirstReadingAGaugeIsUnknownAndACounterZero() {
    assertThat(sampled.gauge(value -> value)).isNaN();
    assertThat(sampled.counter(value -> value)).isZero();
  }

  @Test
  void aSourceThatHangsCostsTheScrapeNothingAndItsGaugeGrowsOld() {
    AtomicInteger readings = new AtomicInteger();
    sampled = sampled(() -> {
      if (readings.getAndIncrement() > 0) {
        new CountDownLatch(1).await();
      }
      return 0.5;
    });
    sampled.start();
    Awaitility.await().until(() -> readings.get() > 1);

    assertThat(sampled.gauge(value -> value)).isEqualTo(0.5);
    time.advance(OFTEN.multipliedBy(3).plusNanos(1));
    assertThat(sampled.gauge(value -> value)).isNaN();
    assertThat(sampled.counter(value -> value)).isEqualTo(0.5);
  }

  @Test
  void aFailureIsToldOnceUntilTheNextSuccess() {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicInteger readings = new AtomicInteger();
    sampled = sampled(() -> {
      readings.incrementAndGet();
      if (broken.get()) {
        throw new IOException("gone");
      }
      return 0.5;
    });
    sampled.start();
    Awaitility.await().until(() -> readings.get() > 5);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).type()).isEqualTo("sampling_failed");

    broken.set(false);
    Awaitility.await().until(() -> sampled.gauge(value -> value) == 0.5);
    broken.set(true);
    Awaitility.await().until(() -> events.size() == 2);
  }

  @Test
  void closingEndsAReadingThatHangs() {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    sampled = sampled(() -> {
      reading.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return 0.5;
    });
    sampled.start();
    Awaitility.await().until(() -> reading.getCount() == 0);

    sampled.close();

    Awaitility.await().until(() -> interrupted.getCount() == 0);
    assertThat(events).isEmpty();
  }

  private Sampled<Double> sampled(Callable<Double> source) {
    return new Sampled<>("thing", source, OFTEN, time, bus);
  }
}
