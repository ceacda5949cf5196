package dev.nines.lifecycle;

import static dev.nines.lifecycle.Lifecycle.State.DRAINING;
import static dev.nines.lifecycle.Lifecycle.State.READY;
import static dev.nines.lifecycle.Lifecycle.State.STARTING;
import static dev.nines.lifecycle.Lifecycle.State.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final List<Event> events = new ArrayList<>();
  private final EventBus bus = new EventBus();
  private final ManualTime time = new ManualTime();
  private final Lifecycle lifecycle = new Lifecycle(time, bus);

  @BeforeEach
  void render() {
    bus.render(events::add);
  }

  @Test
  void itIsReadyOnlyBetweenStartAndDrainAndWhileEveryConditionHolds() {
    AtomicBoolean database = new AtomicBoolean(true);
    lifecycle.readyWhile(() -> true);
    lifecycle.readyWhile(database::get);

    assertThat(lifecycle.ready()).isFalse();
    lifecycle.advance(READY);
    assertThat(lifecycle.ready()).isTrue();
    database.set(false);
    assertThat(lifecycle.ready()).isFalse();
    database.set(true);
    assertThat(lifecycle.ready()).isTrue();
    lifecycle.advance(DRAINING);
    assertThat(lifecycle.ready()).isFalse();
  }

  @Test
  void itNeverGoesBack() {
    assertThat(lifecycle.advance(STARTING)).isFalse();
    assertThat(lifecycle.advance(DRAINING)).isTrue();
    assertThat(lifecycle.advance(READY)).isFalse();
    assertThat(lifecycle.advance(DRAINING)).isFalse();
    assertThat(lifecycle.state()).isEqualTo(DRAINING);
  }

  @Test
  void eachMoveIsToldWithTheTimeSpentBefore() {
    time.advance(Duration.ofMillis(1_500));
    lifecycle.advance(READY);
    time.advance(Duration.ofHours(1));
    lifecycle.advance(DRAINING);
    time.advance(Duration.ofSeconds(7));
    lifecycle.advance(STOPPED);

    assertThat(events)
        .extracting(Event::type)
        .containsExactly("lifecycle_ready", "lifecycle_draining", "lifecycle_stopped");
    assertThat(events)
        .extracting(event -> event.fields().get("seconds"))
        .containsExactly(1.5, 3_600.0, 7.0);
    assertThat(events.get(0).message()).isEqualTo("The instance is ready, after 1.5 s starting");
  }

  @Test
  void aListenersFailureReachesNoOther() {
    List<Lifecycle.State> heard = new ArrayList<>();
    lifecycle.onChange(state -> {
      throw new IllegalStateException("listener");
    });
    lifecycle.onChange(heard::add);

    lifecycle.advance(READY);
    lifecycle.advance(STOPPED);

    assertThat(heard).containsExactly(READY, STOPPED);
    assertThat(events).extracting(Event::type).contains("lifecycle_listener_failed");
  }
}
