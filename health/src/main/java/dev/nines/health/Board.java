package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints read. An answer is rendered when a fact changes and handed out as it is until the next change, so a
 * read compares a few fields and allocates nothing.
 *
 * <p>Comparing at read, instead of waiting to be told, also sees what nobody tells: that a result grew too old, that a
 * breaker opened. All checks are compared once in {@link #REUSE} at most, unless {@link #changed} is called, so that it does not
 * matter to many readers how many checks there are. The lifecycle, and what takes readiness away, are looked at each time.
 * Thread-safe.
 */
final class Board {

  /** For how long a comparison holds: nothing against the seconds in which a failure is found. */
  private static final Duration REUSE = Duration.ofMillis(10);

  private final List<Component> components;
  private final List<Component> gating;
  private final Lifecycle lifecycle;
  private final TimeSource time;
  private final HealthBody body;
  private final List<Question> questions;
  private final Duration startLimit;
  private final Supplier<RecoveryReport> recovery;
  private final long begunNanos;
  private final AtomicReference<@Nullable Look> last = new AtomicReference<>();
  private volatile boolean allLooked;

  /** A comparison of all facts, and when it was. */
  private record Look(Snapshot snapshot, long nanos) {}

  Board(
      List<Component> components,
      Lifecycle lifecycle,
      TimeSource time,
      HealthBody body,
      List<Question> questions,
      Duration startLimit,
      Supplier<RecoveryReport> recovery) {
    this.components = List.copyOf(components);
    this.gating = components.stream().filter(Component::gates).toList();
    this.lifecycle = lifecycle;
    this.time = time;
    this.body = body;
    this.questions = List.copyOf(questions);
    this.startLimit = startLimit;
    this.recovery = recovery;
    this.begunNanos = time.nanos();
  }

  /** Returns whether nothing watched here stands against traffic. Reads memory only. */
  boolean open() {
    long now = time.nanos();
    for (int i = 0; i < gating.size(); i++) {
      if (!gating.get(i).condition(now).serves()) {
        return false;
      }
    }
    return true;
  }

  /** Hears that a check's condition has changed: the next read renders anew, however short the last comparison is ago. */
  void changed() {
    last.set(null);
  }

  EndpointResponse answer(Question question, Format format, boolean authorized) {
    Snapshot now = snapshot();
    return authorized
        ? body.detailed(question, format, facts(time.nanos()), stamp(now, question))
        : told(now, question).answers().get(format);
  }

  /** Returns what changes whenever the answer's statuses do; reading it renders nothing unless {@code snapshot} is new. */
  String stamp(Snapshot snapshot, Question question) {
    Told prepared = snapshot.prepared(question);
    return prepared == null ? body.stamp(question, snapshot.facts()) : prepared.stamp();
  }

  private Told told(Snapshot snapshot, Question question) {
    Told prepared = snapshot.prepared(question);
    return prepared == null ? body.tell(question, snapshot.facts()) : prepared;
  }

  boolean showsNames() {
    return body.showsNames();
  }

  /** Returns whether each of these names is that of a check which the question is about. */
  boolean knows(Question question, Set<String> names) {
    return components.stream()
            .filter(component -> question.shows(component) && names.contains(component.name()))
            .count()
        == names.size();
  }

  /** Returns what holds now; the same one while nothing changes. */
  Snapshot snapshot() {
    long now = time.nanos();
    Look look = last.get();
    if (look != null && now - look.nanos < REUSE.toNanos() && holds(look.snapshot.facts(), now)) {
      return look.snapshot;
    }
    // Two readers may both render; whichever is kept, one of the next reads compares again.
    Snapshot present = look != null && allHolds(look.snapshot.facts(), now)
        ? look.snapshot
        : Snapshot.of(facts(now), questions, body);
    last.set(new Look(present, now));
    return present;
  }

  private boolean holds(Facts facts, long now) {
    return facts.state() == lifecycle.state()
        && facts.ready() == lifecycle.ready()
        && facts.started() == started(now);
  }

  private boolean allHolds(Facts facts, long now) {
    if (!holds(facts, now)) {
      return false;
    }
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      if (facts.conditions().get(i) != component.condition(now)
          || !facts.changes().get(i).equals(component.changed())) {
        return false;
      }
    }
    return true;
  }

  private Facts facts(long now) {
    List<Condition> conditions = components.stream().map(c -> c.condition(now)).toList();
    return new Facts(
        lifecycle.state(),
        lifecycle.ready(),
        started(now),
        components,
        conditions,
        components.stream().map(Component::changed).toList(),
        recovery.get());
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
    if (!allLooked) {
      allLooked = gating.stream().map(Component::monitor).allMatch(Board::looked);
    }
    return allLooked;
  }

  private static boolean looked(@Nullable CheckMonitor monitor) {
    return monitor == null || monitor.state().looked();
  }
}
