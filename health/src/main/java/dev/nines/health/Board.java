package dev.nines.health;

import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints read. An answer is rendered when a fact changes and handed out as it is until the next change, so a
 * read compares a few fields and allocates nothing.
 *
 * <p>Comparing at read, instead of waiting to be told, also sees what nobody tells: that a result grew too old, that a
 * breaker opened, that the lifecycle moved on. Thread-safe.
 */
final class Board {

  private final List<Component> components;
  private final Lifecycle lifecycle;
  private final TimeSource time;
  private final HealthJson json;
  private final Duration startLimit;
  private final long begunNanos;
  private final AtomicReference<@Nullable Snapshot> last = new AtomicReference<>();

  Board(
      List<Component> components,
      Lifecycle lifecycle,
      TimeSource time,
      HealthJson json,
      Duration startLimit) {
    this.components = List.copyOf(components);
    this.lifecycle = lifecycle;
    this.time = time;
    this.json = json;
    this.startLimit = startLimit;
    this.begunNanos = time.nanos();
  }

  /** Returns whether nothing watched here stands against traffic. Reads memory only. */
  boolean open() {
    long now = time.nanos();
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      if (component.gates() && !component.condition(now).serves()) {
        return false;
      }
    }
    return true;
  }

  EndpointResponse answer(View view, EndpointRequest request) {
    Format format = Format.accepted(request.header("accept"));
    return request.authorized()
        ? json.render(view, format, facts(time.nanos()), true)
        : snapshot().answer(view, format);
  }

  private Snapshot snapshot() {
    long now = time.nanos();
    Snapshot known = last.get();
    if (known != null && holds(known.facts(), now)) {
      return known;
    }
    // Two readers may both render; whichever is kept, the next read compares again.
    Snapshot fresh = Snapshot.of(facts(now), json);
    last.set(fresh);
    return fresh;
  }

  private boolean holds(Facts facts, long now) {
    if (facts.state() != lifecycle.state()
        || facts.ready() != lifecycle.ready()
        || facts.started() != started(now)) {
      return false;
    }
    for (int i = 0; i < components.size(); i++) {
      if (facts.conditions().get(i) != components.get(i).condition(now)) {
        return false;
      }
    }
    return true;
  }

  private Facts facts(long now) {
    List<Condition> conditions = components.stream().map(c -> c.condition(now)).toList();
    return new Facts(lifecycle.state(), lifecycle.ready(), started(now), components, conditions);
  }

  /**
   * Returns whether the start is over: the service said so, and each check that gates has looked once. When the start
   * limit is over the checks are not waited for any longer: a restart would not make them look sooner.
   */
  private boolean started(long now) {
    if (lifecycle.state() == Lifecycle.State.STARTING) {
      return false;
    }
    return now - begunNanos >= startLimit.toNanos() || allLooked();
  }

  private boolean allLooked() {
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      CheckMonitor monitor = component.monitor();
      if (component.gates() && monitor != null && !monitor.state().looked()) {
        return false;
      }
    }
    return true;
  }
}
