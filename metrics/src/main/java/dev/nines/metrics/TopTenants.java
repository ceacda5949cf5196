package dev.nines.metrics;

import dev.nines.request.Tenants;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants have series of their own: the busiest, of whom each keeps its place until another is clearly busier.
 *
 * <ul>
 *   <li>A tenant gets a free place when it has come {@value #EVIDENCE} times for sure; before, it is {@code _OTHER}.
 *   <li>When none is free, once a minute, who came more than twice as often as the least busy takes its place. Counts are
 *       halved every ten minutes, so that the present decides.
 *   <li>Who lost its place keeps its series, which stands still: a series never changes hands, so it never falls. If it is
 *       busy again, it goes on where it stood; if not within an hour, the series ends, and a scraper sees it go. So at most
 *       twice as many tenants have series as have places.
 *   <li>Only what the service took for good counts towards a place: forged ids, which it refuses, gain nothing. Memory is
 *       bounded whatever comes: see {@link Candidates}.
 * </ul>
 *
 * <p>Thread-safe. A tenant with a place is found without lock or allocation; for the others, a thread that finds the lock
 * taken leaves its request out of the sketch, which only makes it a sample.
 *
 * @param <M> what a tenant with a place has
 */
final class TopTenants<M> {

  /** Fewer are no sign of traffic to come. */
  static final int EVIDENCE = 20;

  private static final int CANDIDATES_PER_PLACE = 10;
  private static final int LEAST_CANDIDATES = 200;
  private static final int CLEARLY = 2;
  private static final long LOOK_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long HALVE_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long REST_NANOS = Duration.ofHours(1).toNanos();

  private final int places;
  private final Function<String, @Nullable M> opened;
  private final Consumer<M> closed;
  private final M other;
  private final ConcurrentMap<String, Place<M>> placed = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Candidates candidates;
  private int active;
  private long looked;
  private long halved;

  private static final class Place<M> {

    private final String tenant;
    private final M own;
    private final LongAdder came = new LongAdder();
    private long weight;
    private long restingSince;
    private volatile boolean active = true;

    Place(String tenant, M own) {
      this.tenant = tenant;
      this.own = own;
    }

    /** Returns how often it came of late. */
    long weight() {
      weight += came.sumThenReset();
      return weight;
    }
  }

  /**
   * Makes one whose places are all free.
   *
   * @param now on the same clock as all that follows, in nanoseconds
   * @param opened makes what a tenant has, or null where there is no room for it
   * @param closed ends that
   */
  TopTenants(
      int places, long now, M other, Function<String, @Nullable M> opened, Consumer<M> closed) {
    this.places = places;
    this.other = other;
    this.opened = opened;
    this.closed = closed;
    this.candidates = new Candidates(Math.max(LEAST_CANDIDATES, CANDIDATES_PER_PLACE * places));
    this.looked = now;
    this.halved = looked;
  }

  /**
   * Returns what this request of a tenant is counted on.
   *
   * @param tenant null if it has none
   * @param good whether the service took the request for good
   * @param now when the request ended, in nanoseconds: the clock was read for it already
   */
  M of(@Nullable String tenant, boolean good, long now) {
    if (tenant == null || tenant.equals(Tenants.OTHER)) {
      return other;
    }
    Place<M> place = placed.get(tenant);
    boolean known = place != null && place.active;
    if (!good) {
      return known ? place.own : other;
    }
    if (known) {
      place.came.increment();
      return place.own;
    }
    offer(tenant, now);
    return other;
  }

  private void offer(String tenant, long now) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      Candidates.Candidate candidate = candidates.count(tenant);
      if (active < places && candidate.sure() >= EVIDENCE) {
        admit(candidate);
      }
      look(now);
    } finally {
      lock.unlock();
    }
  }

  private void look(long now) {
    if (now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    end(now);
    challenge(now);
    if (now - halved >= HALVE_NANOS) {
      halved = now;
      if (active == places) { // while places are free, evidence may take its time
        candidates.halve();
        activePlaces().forEach(place -> place.weight = place.weight() / 2);
      }
    }
  }

  /** Lets who is clearly busier take the place of the least busy. */
  private void challenge(long now) {
    Candidates.Candidate strongest = candidates.strongest();
    Place<M> weakest = weakest();
    while (active == places
        && strongest != null
        && weakest != null
        && hasRoom(strongest.id())
        && strongest.sure() > CLEARLY * weakest.weight() + EVIDENCE) {
      weakest.active = false;
      weakest.restingSince = now;
      active--;
      admit(strongest);
      strongest = candidates.strongest();
      weakest = weakest();
    }
  }

  /** Gives a free place. */
  private void admit(Candidates.Candidate candidate) {
    String tenant = candidate.id();
    long weight = candidate.sure();
    if (!hasRoom(tenant)) {
      return;
    }
    candidates.remove(candidate);
    Place<M> place = placed.get(tenant);
    if (place == null) {
      M own = opened.apply(tenant);
      if (own == null) {
        return;
      }
      place = new Place<>(tenant, own);
    }
    place.weight = weight;
    place.active = true;
    active++;
    placed.put(tenant, place);
  }

  private boolean hasRoom(String tenant) {
    return placed.size() < 2 * places || placed.containsKey(tenant);
  }

  /** Ends the series of those who have rested long enough. */
  private void end(long now) {
    placed.values().removeIf(place -> {
      boolean over = !place.active && now - place.restingSince >= REST_NANOS;
      if (over) {
        closed.accept(place.own);
      }
      return over;
    });
  }

  private @Nullable Place<M> weakest() {
    return activePlaces().min(Comparator.comparingLong(Place::weight)).orElse(null);
  }

  private Stream<Place<M>> activePlaces() {
    return placed.values().stream().filter(place -> place.active);
  }
}
