package dev.nines.ops.verdict;

import dev.nines.targets.Durations;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One watch, from the first look to the last. Not thread-safe. */
final class Watching {

  private final Plan plan;
  private final MetricSource source;
  private final TimeSource time;
  private final Pause pause;
  private final Consumer<String> progress;
  private final Incidents incidents;
  private final Fleet fleet;
  private final Judge judge;
  private Optional<Measured> history = Optional.empty();
  private Optional<Instant> blindSince = Optional.empty();
  private boolean blindForLong;

  Watching(
      Plan plan,
      MetricSource source,
      TimeSource time,
      Pause pause,
      Consumer<String> progress,
      Incidents incidents) {
    this.plan = plan;
    this.source = source;
    this.time = time;
    this.pause = pause;
    this.progress = progress;
    this.incidents = incidents;
    this.fleet = new Fleet(plan.version(), plan.baseline(), plan.warmUp(), incidents);
    this.judge = new Judge(new Promises(plan.targets()));
  }

  /** Looks until something is shown or the time is over. */
  Conclusion watch() throws InterruptedException {
    Instant patient = time.now().plus(plan.patience()).plus(plan.warmUp());
    while (true) {
      Instant now = time.now();
      if (look(now)) {
        Optional<String> failure = failure(now);
        if (failure.isPresent()) {
          return Conclusion.failed(failure.get());
        }
      }
      Optional<Instant> end = fleet.candidates().began().map(began -> began.plus(plan.duration()));
      if (end.isPresent() ? !now.isBefore(end.get()) : !now.isBefore(patient)) {
        return atTheEnd(now);
      }
      pause.wait(plan.interval());
    }
  }

  private boolean look(Instant now) throws InterruptedException {
    try {
      fleet.add(source.look(now), now);
      if (history.isEmpty() && fleet.version().isPresent()) {
        history = Optional.of(source.before(begin(now), plan.before(), plan.duration()));
      }
      blindSince = Optional.empty();
      return true;
    } catch (IOException unanswered) {
      incidents.add(now, "no data: " + unanswered.getMessage());
      Instant since = blindSince.orElse(now);
      blindSince = Optional.of(since);
      blindForLong |=
          Duration.between(since, now).compareTo(plan.targets().recovery().detection()) > 0;
      return false;
    }
  }

  /** Returns when the deployment began: when it is said, else when the version was first seen, else now. */
  private Instant begin(Instant now) throws IOException, InterruptedException {
    if (plan.since().isPresent()) {
      return plan.since().get();
    }
    String version = fleet.version().orElseThrow();
    return source
        .firstSeen(version, now, plan.before())
        .or(fleet::started)
        .filter(began -> began.isAfter(now.minus(plan.before())) && began.isBefore(now))
        .orElse(now);
  }

  private Optional<String> failure(Instant now) {
    Measured after = fleet.candidates().measured();
    Optional<Comparison> worse = judge.look(before().counters(), after.counters());
    progress.accept(Wording.progress(plan, fleet, judge.latest(), after, now));
    return worse.map(Wording::worse).or(() -> unready(now));
  }

  /** An instance may be unready while it starts, and as long as it takes to notice. */
  private Optional<String> unready(Instant now) {
    Duration detection = plan.targets().recovery().detection();
    return fleet
        .judged()
        .filter(instance -> fleet.unreadySince().containsKey(instance.name()))
        .filter(instance -> {
          Instant since = fleet.unreadySince().get(instance.name());
          Instant started = instance.started().orElse(since);
          Instant startedUp = started.plus(plan.targets().lifecycle().start());
          Instant due = since.isAfter(startedUp) ? since : startedUp;
          return Duration.between(due, now).compareTo(detection) > 0;
        })
        .findFirst()
        .map(instance -> instance.name() + " has been unready for "
            + Shown.length(Duration.between(fleet.unreadySince().get(instance.name()), now)));
  }

  private Conclusion atTheEnd(Instant now) {
    List<String> doubts = new ArrayList<>();
    blindSince.ifPresent(since -> doubts.add(
        "nothing could be read for the last " + Shown.length(Duration.between(since, now))));
    if (blindForLong && blindSince.isEmpty()) {
      doubts.add("nothing could be read for over "
          + Durations.format(plan.targets().recovery().detection()));
    }
    fleet.missing().forEach((name, why) -> doubts.add(name + " is missing: " + why));
    if (fleet.version().isEmpty()) {
      doubts.add(
          fleet.versions().isEmpty()
              ? "no instance was seen"
              : "the versions " + String.join(", ", fleet.versions())
                  + " run: say which is to be judged");
    } else if (fleet.candidates().began().isEmpty()) {
      doubts.add("version " + fleet.version().get() + " was not seen within "
          + Durations.format(plan.patience()));
    } else {
      doubts.addAll(Doubts.of(plan, fleet, judge.latest(), before()));
    }
    return doubts.isEmpty() ? Conclusion.success() : Conclusion.inconclusive(doubts);
  }

  /** Returns what the candidate is compared with: the baseline beside it, else what came before it. */
  Measured before() {
    if (plan.baseline().isPresent()) {
      return fleet.baselines().measured();
    }
    Measured known = history.orElse(Measured.NONE);
    return known.counters().requests() > 0 ? known : fleet.former();
  }

  Fleet fleet() {
    return fleet;
  }

  List<Comparison> comparisons() {
    return judge.latest();
  }

  /** Looks, after a rollback, until the version is gone and all that is left is ready. */
  boolean isGoneWithin(Duration limit) throws InterruptedException {
    Instant end = time.now().plus(limit);
    while (true) {
      try {
        Look look = source.look(time.now());
        boolean there = look.instances().stream()
            .anyMatch(instance -> fleet.version().equals(Optional.of(instance.version())));
        boolean ready = !look.instances().isEmpty()
            && look.missing().isEmpty()
            && look.instances().stream().allMatch(instance -> instance.ready().orElse(true));
        if (!there && ready) {
          return true;
        }
      } catch (IOException unanswered) {
        incidents.add(time.now(), "no data after the rollback: " + unanswered.getMessage());
      }
      if (!time.now().isBefore(end)) {
        return false;
      }
      pause.wait(plan.interval());
    }
  }
}
