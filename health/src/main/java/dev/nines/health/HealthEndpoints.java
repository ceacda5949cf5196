package dev.nines.health;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.dependency.Check;
import dev.nines.dependency.LocalCheck;
import dev.nines.derive.SaturationRules;
import dev.nines.targets.DependencyTargets.OnFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Checks every declared dependency in the background, and serves what they found:
 *
 * <ul>
 *   <li>{@code /health}: everything. 200 for healthy and degraded, 503 for unhealthy.
 *   <li>{@code /ready}: may traffic come? The lifecycle, and what takes readiness away when it fails.
 *   <li>{@code /live}: would a restart help? This process alone.
 *   <li>{@code /startup}: is the start over? 503 until the service left {@code STARTING} and each check that gates
 *       readiness has looked once, whatever it found; after the start limit the checks are not waited for.
 * </ul>
 *
 * <p>Strangers see statuses only; the authorized see messages, since when, how long, how often too. {@code Accept} chooses
 * between JSON, the draft's {@code application/health+json}, and plain text.
 *
 * <p>{@code /health?check=orders-db} (repeatable) and {@link #group groups} at {@code /health/{group}} ask for some checks
 * only. Every answer has an {@code ETag}; {@code ?wait=30s&since=} with it waits for the next change, for a minute at most
 * and {@value Waiters#MOST} at a time.
 *
 * <p>By itself it also watches this machine, against the saturation targets: processor and memory degrade when they stay
 * over their target for {@link SaturationRules#SUSTAINED}; a disk degrades over its target, and a full one takes readiness
 * away; a deadlock of threads takes readiness and liveness away. The check {@code targets} degrades while the service is up,
 * but breaks what it promised: while this instance burns an error budget fast enough for a page.
 *
 * <p>Immutable: each method returns a new one. What is installed is thread-safe.
 */
public final class HealthEndpoints implements Feature {

  private final List<OwnCheck> checks;
  private final List<HealthListener> listeners;
  private final boolean saturation;
  private final Path disk;
  private final DoubleSupplier random;
  private final Surface surface;

  /** Makes the standard ones, for {@link java.util.ServiceLoader}; the same as {@link #standard()}. */
  public HealthEndpoints() {
    this(
        List.of(),
        List.of(),
        true,
        Path.of("").toAbsolutePath(),
        HealthEndpoints::uniform,
        Surface.STANDARD);
  }

  private HealthEndpoints(
      List<OwnCheck> checks,
      List<HealthListener> listeners,
      boolean saturation,
      Path disk,
      DoubleSupplier random,
      Surface surface) {
    this.checks = List.copyOf(checks);
    this.listeners = List.copyOf(listeners);
    this.saturation = saturation;
    this.disk = disk;
    this.random = random;
    this.surface = surface;
  }

  /** Returns the endpoints with all declared dependencies, saturation of this machine, and deadlocks. */
  public static HealthEndpoints standard() {
    return new HealthEndpoints();
  }

  /**
   * Adds a check that belongs to no dependency. Its failure degrades, and leaves the service ready.
   *
   * @throws IllegalArgumentException if the name is taken or not fit for a label
   */
  public HealthEndpoints check(String name, Check check) {
    return check(name, check, OnFailure.DEGRADE);
  }

  /**
   * Adds a check that belongs to no dependency, and says what its failure does to readiness. A {@link LocalCheck} is of
   * the instance failure domain, any other of the shared one, where {@code UNREADY} empties the whole fleet at once, as the
   * package's guide explains. For what is this instance's own, there is {@link #instance}.
   *
   * @throws IllegalArgumentException if the name is taken or not fit for a label
   */
  public HealthEndpoints check(String name, Check check, OnFailure onFailure) {
    Component.Kind kind = check instanceof LocalCheck ? Component.Kind.LOCAL : Component.Kind.OWN;
    return with(new OwnCheck(name, kind, check, onFailure, false));
  }

  /**
   * Adds a check of this instance's own, such as of its pool, its queue or its directory: the instance failure domain. Its
   * failure takes readiness away, since the other instances do not share it and can serve instead. What the check asks is
   * the caller's word: it may reach over the network to find out, as that of a pool does, but must fail only for what
   * another instance would not see. A failure that all have at once, declared here, empties the whole fleet. What is shared
   * belongs to a {@link dev.nines.dependency.Dependency}, whose declaration says what its failure does, or to
   * {@link #check}, which degrades.
   *
   * @throws IllegalArgumentException if the name is taken or not fit for a label
   */
  public HealthEndpoints instance(String name, Check check) {
    return with(new OwnCheck(name, Component.Kind.LOCAL, check, OnFailure.UNREADY, false));
  }

  /**
   * Adds a check that decides liveness, and readiness with it. It takes a {@link LocalCheck} only, and that is no
   * formality: a platform answers a failed liveness probe with a restart. If a database could fail it, one slow database
   * would restart every instance of every service that uses it, all at once, and each restart would load it more. What
   * a restart cannot mend belongs to a {@link dev.nines.dependency.Dependency}, or to {@link #check}.
   *
   * @throws IllegalArgumentException if the name is taken or not fit for a label
   */
  public HealthEndpoints live(String name, LocalCheck check) {
    return with(new OwnCheck(name, Component.Kind.LOCAL, check, OnFailure.UNREADY, true));
  }

  /**
   * Hears of each change of state. Listeners are isolated from each other, from the checks and from the log: see
   * {@link HealthListener}.
   */
  public HealthEndpoints onChange(HealthListener listener) {
    List<HealthListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new HealthEndpoints(checks, more, saturation, disk, random, surface);
  }

  /** Watches the file store that holds this path; default: the working directory's. */
  public HealthEndpoints disk(Path path) {
    return new HealthEndpoints(checks, listeners, saturation, path, random, surface);
  }

  /** Leaves out the checks of processor, memory and disk. */
  public HealthEndpoints withoutSaturation() {
    return new HealthEndpoints(checks, listeners, false, disk, random, surface);
  }

  /**
   * Serves some of the checks together at {@code /health/{name}}: healthy if each of them is, and 503 if one is unhealthy
   * or not yet known. What their failure does to readiness doesn't matter there.
   *
   * @param name a step of a path; at most {@value Group#MOST} groups
   * @param members names of dependencies and checks, those that are there by themselves included
   * @throws IllegalArgumentException if the name is taken or not fit for a path, or nothing is in the group; at the start,
   *     if a member is the name of no check
   */
  public HealthEndpoints group(String name, String... members) {
    Surface more = surface.withGroup(new Group(name, List.of(members)));
    return new HealthEndpoints(checks, listeners, saturation, disk, random, more);
  }

  /**
   * Shows strangers one status, and the names of checks to the authorized only. By default strangers see the name and the
   * status of each, and nothing else of it.
   */
  public HealthEndpoints hidingNames() {
    return new HealthEndpoints(checks, listeners, saturation, disk, random, surface.withoutNames());
  }

  /** Takes the jitter from elsewhere, uniform in [0, 1). */
  HealthEndpoints random(DoubleSupplier uniform) {
    return new HealthEndpoints(checks, listeners, saturation, disk, uniform, surface);
  }

  @Override
  public String name() {
    return "health";
  }

  /** @throws IllegalArgumentException if a check of one's own has the name of a dependency */
  @Override
  public void install(FeatureContext context) {
    List<OwnCheck> all = new ArrayList<>(StandardChecks.process(context));
    all.addAll(StandardChecks.warmUps(context));
    if (saturation) {
      all.addAll(StandardChecks.saturation(context, disk));
    }
    all.addAll(checks);
    new Installation(context, random, surface, all, listeners).install();
  }

  private static double uniform() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private HealthEndpoints with(OwnCheck check) {
    List<OwnCheck> more = new ArrayList<>(checks);
    more.add(check);
    return new HealthEndpoints(more, listeners, saturation, disk, random, surface);
  }
}
