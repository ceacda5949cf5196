package dev.nines.health;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.dependency.Check;
import dev.nines.dependency.LocalCheck;
import dev.nines.derive.SaturationRules;
import dev.nines.health.checks.Checks;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.SaturationTargets;
import dev.nines.time.TimeSource;
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
 * <p>Strangers see statuses only; the authorized see messages, since when, how long, how often too. {@code Accept:
 * application/health+json} gets the draft's form.
 *
 * <p>By itself it also watches this machine, against the saturation targets: processor and memory degrade when they stay
 * over their target for {@link SaturationRules#SUSTAINED}; a disk degrades over its target, and a full one takes readiness
 * away; a deadlock of threads takes readiness and liveness away.
 *
 * <p>Immutable: each method returns a new one. What is installed is thread-safe.
 */
public final class HealthEndpoints implements Feature {

  private final List<OwnCheck> checks;
  private final boolean saturation;
  private final Path disk;
  private final DoubleSupplier random;

  /** Makes the standard ones, for {@link java.util.ServiceLoader}; the same as {@link #standard()}. */
  public HealthEndpoints() {
    this(List.of(), true, Path.of("").toAbsolutePath(), HealthEndpoints::uniform);
  }

  private HealthEndpoints(
      List<OwnCheck> checks, boolean saturation, Path disk, DoubleSupplier random) {
    this.checks = List.copyOf(checks);
    this.saturation = saturation;
    this.disk = disk;
    this.random = random;
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
   * Adds a check that belongs to no dependency, and says what its failure does to readiness.
   *
   * @throws IllegalArgumentException if the name is taken or not fit for a label
   */
  public HealthEndpoints check(String name, Check check, OnFailure onFailure) {
    Component.Kind kind = check instanceof LocalCheck ? Component.Kind.LOCAL : Component.Kind.OWN;
    return with(new OwnCheck(name, kind, check, onFailure, false));
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

  /** Watches the file store that holds this path; default: the working directory's. */
  public HealthEndpoints disk(Path path) {
    return new HealthEndpoints(checks, saturation, path, random);
  }

  /** Leaves out the checks of processor, memory and disk. */
  public HealthEndpoints withoutSaturation() {
    return new HealthEndpoints(checks, false, disk, random);
  }

  /** Takes the jitter from elsewhere, uniform in [0, 1). */
  HealthEndpoints random(DoubleSupplier uniform) {
    return new HealthEndpoints(checks, saturation, disk, uniform);
  }

  @Override
  public String name() {
    return "health";
  }

  /** @throws IllegalArgumentException if a check of one's own has the name of a dependency */
  @Override
  public void install(FeatureContext context) {
    List<OwnCheck> all = new ArrayList<>();
    all.add(
        new OwnCheck("deadlock", Component.Kind.LOCAL, Checks.deadlock(), OnFailure.UNREADY, true));
    if (saturation) {
      all.addAll(saturation(context.settings().targets().saturation(), context.time()));
    }
    all.addAll(checks);
    new Installation(context, random).install(all);
  }

  private List<OwnCheck> saturation(SaturationTargets targets, TimeSource time) {
    return List.of(
        local("cpu", sustained(Checks.cpu(targets.cpu()), time), OnFailure.DEGRADE),
        local("memory", sustained(Checks.memory(targets.memory()), time), OnFailure.DEGRADE),
        local("disk", Checks.disk(disk, targets.disk()), OnFailure.UNREADY));
  }

  private static LocalCheck sustained(LocalCheck check, TimeSource time) {
    return Checks.sustained(check, SaturationRules.SUSTAINED, time);
  }

  private static OwnCheck local(String name, LocalCheck check, OnFailure onFailure) {
    return new OwnCheck(name, Component.Kind.LOCAL, check, onFailure, false);
  }

  private static double uniform() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private HealthEndpoints with(OwnCheck check) {
    List<OwnCheck> more = new ArrayList<>(checks);
    more.add(check);
    return new HealthEndpoints(more, saturation, disk, random);
  }
}
